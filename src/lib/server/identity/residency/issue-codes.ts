import { sql } from 'kysely';
import type { CityId, CodeBatchId, DistrictId } from '#lib/domain/base/ids.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { CODE_DAYS } from '#lib/domain/identity/residency-code-batch.ts';
import {
	formatResidencyCode,
	makeResidencyCode,
	RESIDENCY_CODE_ENTROPY,
	type ResidencyCode,
} from '#lib/domain/identity/residency-code.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Keys, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import { toIdentityKey, toPersonKey } from '../person-key.ts';
import { hashCode } from './code.ts';

type App = Pick<Capabilities, 'db' | 'random' | 'keys'>;

/** One entry of the akimat's list of residents. */
export type ListedPerson = {
	/**
	 * What tells this person from all others in the city, the same in every list: the IIN where the list has it. Only its
	 * keyed hash is kept. Null where a city hands out anonymous codes: then each code is a person of its own.
	 */
	readonly identity: string | null;
	readonly districtId: DistrictId | null;
};

/** Enough that no two are alike. */
export const ANONYMOUS_BYTES = 32;
/** Eight parameters a row; Postgres takes 65,535 in one statement. */
const ROWS_A_STATEMENT = 5_000;

/**
 * Issues a one-time code to each person, in the order given, ready to be printed: by the operator, for a demonstration.
 * Officials do it by two (codes/). The codes are told here once and kept nowhere. A code that a person held before and has
 * not used is void from now on.
 */
export async function issueResidencyCodes(
	app: App,
	cityId: CityId,
	people: readonly ListedPerson[],
): Promise<string[]> {
	const issued = people.map(({ identity, districtId }) => ({
		code: makeResidencyCode(app.random(RESIDENCY_CODE_ENTROPY)),
		personKey: identity === null ? app.random(ANONYMOUS_BYTES) : toPersonKey(app.keys, cityId, identity),
		identityKey: identity === null ? null : toIdentityKey(app.keys, identity),
		districtId,
	}));
	await transact(app.db, async (tx) => {
		await addCodes(tx, app.keys, cityId, issued, null);
		await recordAct(tx, app, {
			actorId: null,
			cityId,
			action: 'residency_code.issue',
			subject: { kind: 'city', id: cityId },
			after: { codes: issued.length },
		});
		return ok(null);
	});
	return issued.map(({ code }) => formatResidencyCode(code));
}

/** A code with the keys of whom it is for. */
export type IssuedCode = {
	readonly code: ResidencyCode;
	readonly personKey: Uint8Array;
	readonly identityKey: Uint8Array | null;
	readonly districtId: DistrictId | null;
};

/** Lets codes work from now on, and voids those that the same people held before. */
export async function addCodes(
	tx: Tx,
	keys: Keys,
	cityId: CityId,
	issued: readonly IssuedCode[],
	batchId: CodeBatchId | null,
): Promise<void> {
	for (let start = 0; start < issued.length; start += ROWS_A_STATEMENT) {
		const part = issued.slice(start, start + ROWS_A_STATEMENT);
		await voidUnusedCodes(
			tx,
			cityId,
			part.map(({ personKey }) => personKey),
		);
		await tx
			.insertInto('residency_code')
			.values(
				part.map(({ code, personKey, identityKey, districtId }) => ({
					city_id: cityId,
					code_hash: hashCode(keys, cityId, code),
					person_key: personKey,
					identity_key: identityKey,
					district_id: districtId,
					batch_id: batchId,
					expires_at: sql<Instant>`clock_timestamp() + make_interval(days => ${CODE_DAYS})`,
				})),
			)
			.execute();
	}
}

async function voidUnusedCodes(tx: Tx, cityId: CityId, personKeys: Uint8Array[]): Promise<void> {
	await tx
		.updateTable('residency_code')
		.set({ expires_at: sql<Instant>`least(expires_at, clock_timestamp())` })
		.where('city_id', '=', cityId)
		.where('person_key', '=', sql<Uint8Array>`any(${personKeys})`)
		.where('used_at', 'is', null)
		.execute();
}
