import { sql } from 'kysely';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ConfigureCityRefusal } from '#lib/domain/identity/refusals.ts';
import { RESIDENCY_METHODS, type ResidencyMethod } from '#lib/domain/identity/words.ts';
import { recordAct } from '../audit/index.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { listOpenMethods, listUsableMethods } from './residency/methods.ts';

export type CitySettings = { readonly residencyMethods: readonly ResidencyMethod[] };

/** Sets what a city offers from now on; who has proved their residency stays a resident, by whatever method it was. */
export async function configureCity(
	app: Pick<Capabilities, 'db' | 'random' | 'identityProvider'>,
	{ actor, subject }: Permit<'city.configure'>,
	{ residencyMethods }: CitySettings,
): Promise<Result<null, ConfigureCityRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('settings are those of a city');
	const methods = RESIDENCY_METHODS.filter((method) => residencyMethods.includes(method));
	return transact<null, ConfigureCityRefusal>(app.db, async (tx) => {
		const usable = await listUsableMethods({ ...app, db: tx }, cityId);
		if (!methods.some((method) => usable.includes(method)))
			return refused({ code: 'residency_methods_none' });
		const before = await listOpenMethods(tx, cityId);
		const set = { residency_methods: methods, changed_at: sql<Instant>`clock_timestamp()` };
		await tx
			.insertInto('city_setting')
			.values({ city_id: cityId, ...set })
			.onConflict((conflict) => conflict.constraint('city_setting_pkey').doUpdateSet(set))
			.execute();
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId,
			action: 'city.configure',
			subject: { kind: 'city', id: cityId },
			before: { residencyMethods: before },
			after: { residencyMethods: methods },
		});
		return ok(null);
	});
}
