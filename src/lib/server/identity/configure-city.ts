import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ConfigureCityRefusal } from '#lib/domain/identity/refusals.ts';
import { RESIDENCY_METHODS, type ResidencyMethod } from '#lib/domain/identity/words.ts';
import { recordAct } from '../audit/index.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { violates } from '../db/constraints.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { hasAnonymousCodes } from './codes/kind.ts';
import { hasResidentsList, listOpenMethods, listUsableMethods } from './residency/methods.ts';

export type CitySettings = {
	readonly residencyMethods: readonly ResidencyMethod[];
	/** Codes name nobody, and are the only way; a change of kind ends what was proved by the other kind. */
	readonly anonymousCodes: boolean;
};

/** Sets what a city offers from now on. Whoever has proved their residency by a way that is closed stays a resident. */
export async function configureCity(
	app: Pick<Capabilities, 'db' | 'random' | 'identityProvider'>,
	{ actor, subject }: Permit<'city.configure'>,
	{ residencyMethods, anonymousCodes }: CitySettings,
): Promise<Result<null, ConfigureCityRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('settings are those of a city');
	const methods = RESIDENCY_METHODS.filter((method) => residencyMethods.includes(method));
	try {
		return await transact<null, ConfigureCityRefusal>(app.db, async (tx) => {
			const usable = await listUsableMethods({ ...app, db: tx }, cityId);
			if (!methods.some((method) => usable.includes(method)))
				return refused({ code: 'residency_methods_none' });
			const before = await readSettings(tx, cityId);
			const combined = await checkAnonymous(tx, cityId, before, {
				residencyMethods: methods,
				anonymousCodes,
			});
			if (!combined.ok) return combined;
			const set = {
				residency_methods: methods,
				anonymous_codes: anonymousCodes,
				changed_at: sql<Instant>`clock_timestamp()`,
			};
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
				before,
				after: { residencyMethods: methods, anonymousCodes },
			});
			return ok(null);
		});
	} catch (error) {
		if (violates(error, 'anonymous_codes_while_voting'))
			return refused({ code: 'anonymous_codes_while_voting' });
		throw error;
	}
}

async function readSettings(tx: Tx, cityId: CityId): Promise<CitySettings> {
	const residencyMethods = await listOpenMethods(tx, cityId);
	return { residencyMethods, anonymousCodes: await hasAnonymousCodes(tx, cityId) };
}

async function checkAnonymous(
	tx: Tx,
	cityId: CityId,
	before: CitySettings,
	{ residencyMethods, anonymousCodes }: CitySettings,
): Promise<Result<null, ConfigureCityRefusal>> {
	if (!anonymousCodes) return ok(null);
	if (residencyMethods.some((method) => method !== 'code'))
		return refused({ code: 'anonymous_codes_not_alone' });
	// A list that came later prepares the change to codes for its people.
	const isNew = !before.anonymousCodes;
	return isNew && (await hasResidentsList(tx, cityId))
		? refused({ code: 'anonymous_codes_beside_list' })
		: ok(null);
}
