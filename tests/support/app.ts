import { randomBytes } from 'node:crypto';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import { testKeys } from './server.ts';

const quiet = { info() {}, warn() {}, error() {} };

/** What commands need, on this database: the true clock, true randomness, secrets of the tests, and no mail leaves. */
export function testApp(db: Db, changes: Partial<Capabilities> = {}): Capabilities {
	return {
		db,
		clock: () => parseInstant(new Date().toISOString()),
		random: (bytes) => randomBytes(bytes),
		mailer: null,
		keys: testKeys,
		identityProvider: null,
		log: quiet,
		origin: 'http://127.0.0.1:4173',
		operator: null,
		...changes,
	};
}
