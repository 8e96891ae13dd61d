import { sql } from 'kysely';
import type { CityId, CounterVisitId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { VISIT_HOURS } from '#lib/domain/identity/counter-visit.ts';
import type { OpenVisitRefusal } from '#lib/domain/identity/refusals.ts';
import {
	formatResidencyCode,
	makeResidencyCode,
	RESIDENCY_CODE_ENTROPY,
	type ResidencyCode,
} from '#lib/domain/identity/residency-code.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { Capabilities, Keys } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { hmac } from '#lib/server/digest.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { listResidencyMethods } from '../residency/methods.ts';

export type Visit = {
	readonly cityId: CityId;
	readonly ageBand: AgeBand | null;
	/** They have read that their residency elsewhere ends. */
	readonly moving: boolean;
};

/** The code of one account in one city, by which officials find it without an address. */
export function hashVisitCode(keys: Keys, cityId: CityId, code: ResidencyCode): Uint8Array {
	return hmac(keys.secret, 'counter-visit', cityId, code);
}

/** Gives an account a code to show at the counter; the one before works no more. @returns it as it is shown. */
export async function openVisit(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys' | 'identityProvider'>,
	{ actor }: Permit<'residency.confirm'>,
	{ cityId, ageBand, moving }: Visit,
): Promise<Result<string, OpenVisitRefusal>> {
	const methods = await listResidencyMethods(app, cityId);
	if (!methods.includes('counter')) return refused({ code: 'residency_method_closed' });
	const code = makeResidencyCode(app.random(RESIDENCY_CODE_ENTROPY));
	const visit = {
		id: newId<CounterVisitId>(app),
		code_hash: hashVisitCode(app.keys, cityId, code),
		age_band: ageBand,
		is_moving: moving,
		expires_at: sql<Instant>`clock_timestamp() + make_interval(hours => ${VISIT_HOURS})`,
		...{ person_key: null, identity_key: null, masked_iin: null },
		...{ entered_by: null, entered_at: null, confirmed_by: null, confirmed_at: null },
	};
	await app.db
		.insertInto('counter_visit')
		.values({ city_id: cityId, account_id: actor.accountId, ...visit })
		.onConflict((conflict) => conflict.constraint('counter_visit_account_once').doUpdateSet(visit))
		.execute();
	return ok(formatResidencyCode(code));
}
