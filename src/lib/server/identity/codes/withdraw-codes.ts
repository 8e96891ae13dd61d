import { sql } from 'kysely';
import type { CodeBatchId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { WithdrawCodesRefusal } from '#lib/domain/identity/refusals.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';

/**
 * Takes a batch back: what was asked for is not released any more, and codes that nobody has used work no more. Whoever
 * has used one stays a resident. One official is enough, because it makes no voter.
 */
export async function withdrawCodes(
	app: Pick<Capabilities, 'db' | 'random'>,
	{ actor, subject }: Permit<'residency_code.manage'>,
	id: CodeBatchId,
): Promise<Result<null, WithdrawCodesRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('codes are those of a city');
	return await transact<null, WithdrawCodesRefusal>(app.db, async (tx) => {
		const batch = await tx
			.selectFrom('residency_code_batch')
			.where('city_id', '=', cityId)
			.where('id', '=', id)
			.select(sql<boolean>`withdrawn_at is not null`.as('isWithdrawn'))
			.forUpdate()
			.executeTakeFirst();
		if (batch === undefined) return refused({ code: 'codes_unknown' });
		if (batch.isWithdrawn) return refused({ code: 'codes_withdrawn' });
		await tx
			.updateTable('residency_code_batch')
			.set({ withdrawn_by: actor.accountId, withdrawn_at: sql<Instant>`clock_timestamp()` })
			.where('city_id', '=', cityId)
			.where('id', '=', id)
			.execute();
		const { numUpdatedRows } = await tx
			.updateTable('residency_code')
			.set({ expires_at: sql<Instant>`clock_timestamp()` })
			.where('city_id', '=', cityId)
			.where('batch_id', '=', id)
			.where('used_at', 'is', null)
			.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
			.executeTakeFirst();
		await tx
			.deleteFrom('residency_code_receiver')
			.where('city_id', '=', cityId)
			.where('batch_id', '=', id)
			.execute();
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId,
			action: 'residency_code.withdraw',
			subject: { kind: 'residency_code_batch', id },
			after: { voided: Number(numUpdatedRows) },
		});
		return ok(null);
	});
}
