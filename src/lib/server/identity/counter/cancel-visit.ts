import type { CounterVisitId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { CancelVisitRefusal } from '#lib/domain/identity/refusals.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';

/** Forgets what was entered, a slip for instance; the resident gets a new code and it is entered anew. */
export async function cancelVisit(
	app: Pick<Capabilities, 'db' | 'random'>,
	{ actor, subject }: Permit<'counter.manage'>,
	id: CounterVisitId,
): Promise<Result<null, CancelVisitRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('a counter is that of a city');
	return await transact<null, CancelVisitRefusal>(app.db, async (tx) => {
		const cancelled = await tx
			.deleteFrom('counter_visit')
			.where('city_id', '=', cityId)
			.where('id', '=', id)
			.where('entered_at', 'is not', null)
			.where('confirmed_at', 'is', null)
			.returning('id')
			.executeTakeFirst();
		if (cancelled === undefined) return refused({ code: 'counter_visit_over' });
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId,
			action: 'counter.cancel',
			subject: { kind: 'counter_visit', id },
		});
		return ok(null);
	});
}
