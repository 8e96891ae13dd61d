import { sql } from 'kysely';
import type { CityId, CodeBatchId, SubmissionId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ReleaseCodesRefusal } from '#lib/domain/identity/refusals.ts';
import { ASK_DAYS, CODE_DAYS, RESHOW_MINUTES } from '#lib/domain/identity/residency-code-batch.ts';
import {
	formatResidencyCode,
	makeResidencyCode,
	type ResidencyCode,
} from '#lib/domain/identity/residency-code.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Keys, Tx } from '#lib/server/capabilities.ts';
import { violates } from '#lib/server/db/constraints.ts';
import { transact } from '#lib/server/db/transact.ts';
import { hmac } from '#lib/server/digest.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { addCodes, ANONYMOUS_BYTES, type IssuedCode } from '../residency/issue-codes.ts';
import { listOpenMethods } from '../residency/methods.ts';
import { hasAnonymousCodes, holdKindOfCodes } from './kind.ts';

export type ReleasedCode = {
	readonly position: number;
	/** As it is printed. */
	readonly code: string;
	/** The last digits of whom it is for; null where it names nobody. */
	readonly maskedIin: string | null;
};

export type Release = {
	readonly id: CodeBatchId;
	/** Made with the form, known to it alone: sent again within some minutes it gets the same codes. */
	readonly submissionId: SubmissionId;
};

/**
 * Makes the codes that another official has asked for and tells them, once: only their keyed hashes are kept. A form whose
 * answer was lost may be sent again for some minutes; its codes follow from its own id, which is kept nowhere either.
 */
export async function releaseCodes(
	app: Pick<Capabilities, 'db' | 'keys' | 'random'>,
	{ actor, subject }: Permit<'residency_code.manage'>,
	{ id, submissionId }: Release,
): Promise<Result<readonly ReleasedCode[], ReleaseCodesRefusal>> {
	const { cityId } = subject;
	if (cityId === null) throw new Error('codes are those of a city');
	const releaseHash = hmac(app.keys.secret, 'residency-code-release', id, submissionId);
	const codeAt = (position: number) => drawCode(app.keys, id, submissionId, position);
	try {
		return await transact<readonly ReleasedCode[], ReleaseCodesRefusal>(app.db, async (tx) => {
			await holdKindOfCodes(tx, cityId);
			const batch = await lockBatch(tx, cityId, id);
			if (batch === undefined) return refused({ code: 'codes_unknown' });
			if (batch.isWithdrawn) return refused({ code: 'codes_withdrawn' });
			if (batch.releaseHash !== null) {
				const isSameForm = batch.isFresh && Buffer.from(batch.releaseHash).equals(releaseHash);
				if (!isSameForm || batch.releasedBy !== actor.accountId)
					return refused({ code: 'codes_shown_already' });
				return ok(toSheet(batch, await listReceivers(tx, cityId, id), codeAt));
			}
			if (batch.isLapsed) return refused({ code: 'codes_lapsed' });
			if (batch.askedBy === null || batch.askedBy === actor.accountId)
				return refused({ code: 'codes_need_two' });
			const open = await listOpenMethods(tx, cityId);
			const isOfKind = (await hasAnonymousCodes(tx, cityId)) === batch.isAnonymous;
			if (!isOfKind || !open.includes('code')) return refused({ code: 'codes_outdated' });
			const receivers = await listReceivers(tx, cityId, id);
			if (!batch.isAnonymous && receivers.filter(({ isListed }) => isListed).length < batch.size)
				return refused({ code: 'codes_outdated' });

			await tx
				.updateTable('residency_code_batch')
				.set({
					released_by: actor.accountId,
					released_at: sql<Instant>`clock_timestamp()`,
					release_hash: releaseHash,
					expires_at: sql<Instant>`clock_timestamp() + make_interval(days => ${CODE_DAYS})`,
				})
				.where('city_id', '=', cityId)
				.where('id', '=', id)
				.execute();
			await addCodes(tx, app.keys, cityId, toIssued(app, batch, receivers, codeAt), id);
			await recordAct(tx, app, {
				actorId: actor.accountId,
				cityId,
				action: 'residency_code.issue',
				subject: { kind: 'residency_code_batch', id },
				after: { codes: batch.size, anonymous: batch.isAnonymous },
			});
			return ok(toSheet(batch, receivers, codeAt));
		});
	} catch (error) {
		// Who asked is no official of the city any more.
		if (violates(error, 'residency_code_alone')) return refused({ code: 'codes_need_two' });
		throw error;
	}
}

function lockBatch(tx: Tx, cityId: CityId, id: CodeBatchId) {
	return tx
		.selectFrom('residency_code_batch')
		.where('city_id', '=', cityId)
		.where('id', '=', id)
		.select(['is_anonymous as isAnonymous', 'size', 'asked_by as askedBy', 'released_by as releasedBy'])
		.select('release_hash as releaseHash')
		.select(sql<boolean>`withdrawn_at is not null`.as('isWithdrawn'))
		.select(sql<boolean>`asked_at <= clock_timestamp() - make_interval(days => ${ASK_DAYS})`.as('isLapsed'))
		.select(
			sql<boolean>`released_at > clock_timestamp() - make_interval(mins => ${RESHOW_MINUTES})`.as('isFresh'),
		)
		.forUpdate()
		.executeTakeFirst();
}

type Batch = { readonly isAnonymous: boolean; readonly size: number };
type CodeAt = (position: number) => ResidencyCode;

function listReceivers(tx: Tx, cityId: CityId, id: CodeBatchId) {
	return tx
		.selectFrom('residency_code_receiver as receiver')
		.leftJoin('listed_person as listed', (join) =>
			join
				.onRef('listed.city_id', '=', 'receiver.city_id')
				.onRef('listed.person_key', '=', 'receiver.person_key'),
		)
		.where('receiver.city_id', '=', cityId)
		.where('receiver.batch_id', '=', id)
		.select(['receiver.position', 'receiver.person_key as personKey', 'receiver.identity_key as identityKey'])
		.select(['receiver.masked_iin as maskedIin', 'listed.district_id as districtId'])
		.select(sql<boolean>`listed.person_key is not null`.as('isListed'))
		.orderBy('receiver.position')
		.execute();
}

type Receivers = Awaited<ReturnType<typeof listReceivers>>;

function toIssued(
	{ random }: Pick<Capabilities, 'random'>,
	{ isAnonymous, size }: Batch,
	receivers: Receivers,
	codeAt: CodeAt,
): IssuedCode[] {
	if (!isAnonymous) return receivers.map((receiver) => ({ ...receiver, code: codeAt(receiver.position) }));
	return Array.from({ length: size }, (_, index) => ({
		...{ code: codeAt(index + 1), districtId: null },
		...{ personKey: random(ANONYMOUS_BYTES), identityKey: null },
	}));
}

function toSheet({ isAnonymous, size }: Batch, receivers: Receivers, codeAt: CodeAt): ReleasedCode[] {
	return Array.from({ length: size }, (_, index) => {
		const position = index + 1;
		const maskedIin = isAnonymous ? null : (receivers[index]?.maskedIin ?? null);
		return { position, code: formatResidencyCode(codeAt(position)), maskedIin };
	});
}

const HALVES = ['1', '2'] as const;

/** As good as random to whoever lacks the secret or the id of the form. */
function drawCode(keys: Keys, id: CodeBatchId, submissionId: SubmissionId, position: number): ResidencyCode {
	const parts = HALVES.map((half) =>
		hmac(keys.secret, 'residency-code-draw', id, submissionId, String(position), half),
	);
	return makeResidencyCode(Buffer.concat(parts));
}
