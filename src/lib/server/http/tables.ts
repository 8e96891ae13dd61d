import type { Instant } from '#lib/domain/base/time.ts';

export type HttpTables = {
	rate_limit: { key_hash: Uint8Array; attempts: number; window_ends_at: Instant };
};
