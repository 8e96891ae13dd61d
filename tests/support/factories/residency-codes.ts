import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId, CodeBatchId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { askForCodes, releaseCodes } from '#lib/server/identity/index.ts';
import { permitFor } from '../permit.ts';
import { anOfficial } from './account.ts';

/** From now on the city's codes name nobody, and are its only way. */
export async function giveAnonymousCodes(db: Db, cityId: CityId): Promise<void> {
	await db
		.insertInto('city_setting')
		.values({ city_id: cityId, residency_methods: ['code'], anonymous_codes: true })
		.execute();
}

export type AskedBatch = { readonly id: CodeBatchId; readonly cityId: CityId; readonly askedBy: SignedIn };

/** Asked for by one official, for people of the city's list, or so many that name nobody. */
export async function anAskedBatch(
	app: Capabilities,
	cityId: CityId,
	people: readonly Iin[] | number,
	{ askedBy, id = newId<CodeBatchId>(app) }: { askedBy?: SignedIn; id?: CodeBatchId } = {},
): Promise<AskedBatch> {
	const official = askedBy ?? (await anOfficial(app.db, cityId));
	const codes =
		typeof people === 'number'
			? { anonymous: people }
			: { receivers: people.map((iin, index) => ({ line: index + 1, iin })) };
	const permit = permitFor(official, 'residency_code.manage', { cityId });
	const asked = await askForCodes(app, permit, { id, codes });
	if (!asked.ok) throw new Error(`refused: ${asked.refusal.code}`);
	return { id, cityId, askedBy: official };
}

/** As an official sends the form that releases a batch. */
export function release(
	app: Capabilities,
	{ id, cityId }: Pick<AskedBatch, 'id' | 'cityId'>,
	official: SignedIn,
	submissionId = newId<SubmissionId>(app),
) {
	return releaseCodes(app, permitFor(official, 'residency_code.manage', { cityId }), { id, submissionId });
}

/** Asked for by one official and released by another. @returns the batch and its codes as they are printed. */
export async function aReleasedBatch(app: Capabilities, cityId: CityId, people: readonly Iin[] | number) {
	const batch = await anAskedBatch(app, cityId, people);
	const releasedBy = await anOfficial(app.db, cityId);
	const released = await release(app, batch, releasedBy);
	if (!released.ok) throw new Error(`refused: ${released.refusal.code}`);
	return { ...batch, releasedBy, codes: released.value };
}
