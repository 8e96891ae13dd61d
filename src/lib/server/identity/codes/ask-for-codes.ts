import type { CityId, CodeBatchId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { maskIin } from '#lib/domain/identity/iin.ts';
import type { AskForCodesRefusal } from '#lib/domain/identity/refusals.ts';
import type { Receiver } from '#lib/domain/identity/residency-code-batch.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Keys, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { toIdentityKey, toPersonKey } from '../person-key.ts';
import { listOpenMethods } from '../residency/methods.ts';
import { hasAnonymousCodes, holdKindOfCodes } from './kind.ts';

export type WantedCodes = {
	/** Made with the form: the same form sent again is the same batch. */
	readonly id: CodeBatchId;
	/** One code for each of these people, or so many that name nobody. */
	readonly codes: { readonly receivers: readonly Receiver[] } | { readonly anonymous: number };
};

type NewReceiver = Receiver & { readonly personKey: Uint8Array; readonly identityKey: Uint8Array };

/** Asks for a batch of one-time codes. There are none yet: another official of the city has to release it. */
export async function askForCodes(
	app: Pick<Capabilities, 'db' | 'keys' | 'random'>,
	{ actor, subject }: Permit<'residency_code.manage'>,
	{ id, codes }: WantedCodes,
): Promise<Result<null, AskForCodesRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('codes are those of a city');
	const isAnonymous = 'anonymous' in codes;
	const receivers = isAnonymous ? [] : codes.receivers.map((one) => withKeys(app.keys, cityId, one));
	const size = isAnonymous ? codes.anonymous : receivers.length;
	return await transact<null, AskForCodesRefusal>(app.db, async (tx) => {
		await holdKindOfCodes(tx, cityId);
		const open = await listOpenMethods(tx, cityId);
		if (!open.includes('code')) return refused({ code: 'residency_method_closed' });
		if ((await hasAnonymousCodes(tx, cityId)) !== isAnonymous) return refused({ code: 'codes_other_kind' });
		const listed = await checkListed(tx, cityId, receivers);
		if (!listed.ok) return listed;
		const added = await tx
			.insertInto('residency_code_batch')
			.values({ city_id: cityId, id, is_anonymous: isAnonymous, size, asked_by: actor.accountId })
			.onConflict((conflict) => conflict.constraint('residency_code_batch_pkey').doNothing())
			.returning('id')
			.executeTakeFirst();
		if (added === undefined) return await compareWithSent(tx, cityId, id, size, receivers);
		await addReceivers(tx, cityId, id, receivers);
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId,
			action: 'residency_code.ask',
			subject: { kind: 'residency_code_batch', id },
			after: { codes: size, anonymous: isAnonymous },
		});
		return ok(null);
	});
}

function withKeys(keys: Keys, cityId: CityId, receiver: Receiver): NewReceiver {
	const { iin } = receiver;
	return {
		...receiver,
		personKey: toPersonKey(keys, cityId, iin),
		identityKey: toIdentityKey(keys, iin),
	};
}

/** Whom the list does not name gets no code; the lines on which they stand are told. */
async function checkListed(
	tx: Tx,
	cityId: CityId,
	receivers: readonly NewReceiver[],
): Promise<Result<null, AskForCodesRefusal>> {
	if (receivers.length === 0) return ok(null);
	const listed = await tx
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.where(
			'person_key',
			'in',
			receivers.map(({ personKey }) => personKey),
		)
		.select('person_key as personKey')
		.execute();
	const known = new Set(listed.map(({ personKey }) => toText(personKey)));
	const faults = receivers
		.filter(({ personKey }) => !known.has(toText(personKey)))
		.map(({ line, iin }) => ({
			...{ line, code: 'list_row_unlisted' as const, earlierLine: null },
			maskedIin: maskIin(iin),
		}));
	return faults.length === 0 ? ok(null) : refused({ code: 'codes_receivers_faulty', faults });
}

/** The form that was sent again asks for the same codes; with other people it would lose them silently. */
async function compareWithSent(
	tx: Tx,
	cityId: CityId,
	id: CodeBatchId,
	size: number,
	receivers: readonly NewReceiver[],
): Promise<Result<null, AskForCodesRefusal>> {
	const sent = await tx
		.selectFrom('residency_code_batch')
		.leftJoin('residency_code_receiver', (join) =>
			join
				.onRef('residency_code_receiver.city_id', '=', 'residency_code_batch.city_id')
				.onRef('residency_code_receiver.batch_id', '=', 'residency_code_batch.id'),
		)
		.where('residency_code_batch.city_id', '=', cityId)
		.where('residency_code_batch.id', '=', id)
		.where('residency_code_batch.size', '=', size)
		.select('residency_code_receiver.person_key as personKey')
		.execute();
	const known = new Set(sent.map(({ personKey }) => personKey && toText(personKey)));
	const isSame = sent.length > 0 && receivers.every(({ personKey }) => known.has(toText(personKey)));
	return isSame ? ok(null) : refused({ code: 'codes_form_used' });
}

const toText = (key: Uint8Array): string => Buffer.from(key).toString('hex');

async function addReceivers(
	tx: Tx,
	cityId: CityId,
	batchId: CodeBatchId,
	receivers: readonly NewReceiver[],
): Promise<void> {
	if (receivers.length === 0) return;
	await tx
		.insertInto('residency_code_receiver')
		.values(
			receivers.map(({ iin, personKey, identityKey }, index) => ({
				...{ city_id: cityId, batch_id: batchId, position: index + 1 },
				...{ person_key: personKey, identity_key: identityKey, masked_iin: maskIin(iin) },
			})),
		)
		.execute();
}
