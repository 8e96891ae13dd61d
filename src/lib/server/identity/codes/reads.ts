import { sql } from 'kysely';
import type { AccountId, CityId, CodeBatchId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { ASK_DAYS, type BatchState } from '#lib/domain/identity/residency-code-batch.ts';
import type { Reader } from '#lib/server/capabilities.ts';

/** A batch of codes as officials see it: how many, never which. Names are null once an account is deleted. */
export type CodeBatch = {
	readonly id: CodeBatchId;
	readonly state: BatchState;
	readonly isAnonymous: boolean;
	readonly size: number;
	readonly askedById: AccountId | null;
	readonly askedBy: string | null;
	readonly askedAt: Instant;
	readonly releasedBy: string | null;
	readonly releasedAt: Instant | null;
	readonly expiresAt: Instant | null;
	readonly withdrawnBy: string | null;
	readonly withdrawnAt: Instant | null;
	readonly used: number;
	/** Still good. */
	readonly left: number;
	/** Run out, withdrawn, or replaced by a newer code for the same person. */
	readonly void: number;
};

/** The batches of a city, the latest first. */
export function listCodeBatches(reader: Reader, cityId: CityId, limit: number): Promise<CodeBatch[]> {
	return selectBatches(reader, cityId)
		.orderBy('batch.asked_at', 'desc')
		.orderBy('batch.id')
		.limit(limit)
		.execute();
}

export async function findCodeBatch(
	reader: Reader,
	cityId: CityId,
	id: CodeBatchId,
): Promise<CodeBatch | null> {
	return (await selectBatches(reader, cityId).where('batch.id', '=', id).executeTakeFirst()) ?? null;
}

function selectBatches(reader: Reader, cityId: CityId) {
	return reader
		.selectFrom('residency_code_batch as batch')
		.leftJoin('account as asker', 'asker.id', 'batch.asked_by')
		.leftJoin('account as releaser', 'releaser.id', 'batch.released_by')
		.leftJoin('account as withdrawer', 'withdrawer.id', 'batch.withdrawn_by')
		.leftJoinLateral(
			(eb) =>
				eb
					.selectFrom('residency_code as code')
					.whereRef('code.city_id', '=', 'batch.city_id')
					.whereRef('code.batch_id', '=', 'batch.id')
					.select([
						sql<number>`count(*) filter (where used_at is not null)::int`.as('used'),
						sql<number>`count(*) filter (where used_at is null and code.expires_at > now())::int`.as('left'),
						sql<number>`count(*) filter (where used_at is null and code.expires_at <= now())::int`.as('void'),
					])
					.as('count'),
			(join) => join.onTrue(),
		)
		.where('batch.city_id', '=', cityId)
		.select([
			'batch.id',
			'batch.is_anonymous as isAnonymous',
			'batch.size',
			'batch.asked_by as askedById',
			'asker.display_name as askedBy',
			'batch.asked_at as askedAt',
			'releaser.display_name as releasedBy',
			'batch.released_at as releasedAt',
			'batch.expires_at as expiresAt',
			'withdrawer.display_name as withdrawnBy',
			'batch.withdrawn_at as withdrawnAt',
		])
		.select((eb) => [
			eb.fn.coalesce('count.used', eb.lit(0)).as('used'),
			eb.fn.coalesce('count.left', eb.lit(0)).as('left'),
			eb.fn.coalesce('count.void', eb.lit(0)).as('void'),
		])
		.select(
			sql<BatchState>`case
				when batch.withdrawn_at is not null then 'withdrawn'
				when batch.released_at is not null and batch.expires_at <= now() then 'expired'
				when batch.released_at is not null then 'released'
				when batch.asked_at <= now() - make_interval(days => ${ASK_DAYS}) then 'lapsed'
				else 'asked' end`.as('state'),
		);
}
