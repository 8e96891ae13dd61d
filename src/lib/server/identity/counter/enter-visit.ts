import { sql } from 'kysely';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { VISIT_HOURS } from '#lib/domain/identity/counter-visit.ts';
import { maskIin, type Iin } from '#lib/domain/identity/iin.ts';
import type { EnterVisitRefusal } from '#lib/domain/identity/refusals.ts';
import type { ResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { toIdentityKey, toPersonKey } from '../person-key.ts';
import { listOpenMethods } from '../residency/methods.ts';
import { hashVisitCode } from './open-visit.ts';

/** Says who stands at the counter with this code. Nothing is confirmed yet: another official has to. */
export async function enterVisit(
	app: Pick<Capabilities, 'db' | 'random' | 'keys'>,
	{ actor, subject }: Permit<'counter.manage'>,
	{ code, iin }: { readonly code: ResidencyCode; readonly iin: Iin },
): Promise<Result<null, EnterVisitRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('a counter is that of a city');
	return await transact<null, EnterVisitRefusal>(app.db, async (tx) => {
		const open = await listOpenMethods(tx, cityId);
		if (!open.includes('counter')) return refused({ code: 'residency_method_closed' });
		const visit = await tx
			.updateTable('counter_visit')
			.set({
				person_key: toPersonKey(app.keys, cityId, iin),
				identity_key: toIdentityKey(app.keys, iin),
				masked_iin: maskIin(iin),
				entered_by: actor.accountId,
				entered_at: sql<Instant>`clock_timestamp()`,
				expires_at: sql<Instant>`clock_timestamp() + make_interval(hours => ${VISIT_HOURS})`,
			})
			.where('city_id', '=', cityId)
			.where('code_hash', '=', hashVisitCode(app.keys, cityId, code))
			.where('entered_at', 'is', null)
			.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
			.returning('id')
			.executeTakeFirst();
		if (visit === undefined) return refused({ code: 'counter_code_unknown' });
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId,
			action: 'counter.enter',
			subject: { kind: 'counter_visit', id: visit.id },
		});
		return ok(null);
	});
}
