import { sql } from 'kysely';
import type { CounterVisitId, PersonId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ConfirmVisitRefusal } from '#lib/domain/identity/refusals.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { violates } from '#lib/server/db/constraints.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { becomeResident } from '../confirm-residency.ts';

/** Confirms what another official has entered: the account is that of a resident from now on. */
export async function confirmVisit(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
	{ actor, subject }: Permit<'counter.manage'>,
	id: CounterVisitId,
): Promise<Result<null, ConfirmVisitRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('a counter is that of a city');
	const newPersonId = newId<PersonId>(app);
	try {
		return await transact<null, ConfirmVisitRefusal>(app.db, async (tx) => {
			const visit = await tx
				.selectFrom('counter_visit')
				.where('city_id', '=', cityId)
				.where('id', '=', id)
				.where('entered_at', 'is not', null)
				.where('confirmed_at', 'is', null)
				.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
				.select(['account_id as accountId', 'entered_by as enteredBy', 'age_band as ageBand'])
				.select('is_moving as moving')
				.forUpdate()
				.executeTakeFirst();
			if (visit === undefined) return refused({ code: 'counter_visit_over' });
			// Nobody makes a voter of their own account either.
			const involved = [visit.enteredBy, visit.accountId, null];
			if (visit.enteredBy === null || involved.includes(actor.accountId))
				return refused({ code: 'counter_need_two' });
			await tx
				.updateTable('counter_visit')
				.set({ confirmed_by: actor.accountId, confirmed_at: sql<Instant>`clock_timestamp()` })
				.where('city_id', '=', cityId)
				.where('id', '=', id)
				.execute();
			const { accountId, ageBand, moving } = visit;
			const claim = { cityId, method: 'counter', proof: id, ageBand, moving } as const;
			const resident = await becomeResident(tx, app, accountId, claim, newPersonId);
			if (!resident.ok) return resident;
			await recordAct(tx, app, {
				actorId: actor.accountId,
				cityId,
				action: 'counter.confirm',
				subject: { kind: 'counter_visit', id },
			});
			return ok(null);
		});
	} catch (error) {
		// Who entered it is no official of the city any more.
		if (violates(error, 'counter_alone')) return refused({ code: 'counter_need_two' });
		throw error;
	}
}
