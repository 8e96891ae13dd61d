import { uuidV7, type AccountId, type SubmissionId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Keys } from '../capabilities.ts';
import { hmac } from '../digest.ts';

const UUID_BYTES = 16;
/** Time, version and 26 random bits stand before the mark, with the hyphens between them. */
const MARK_AT = 24;
const MARK_DIGITS = 12;

/**
 * Marks one filling of the paper. Made by the database's clock, by which the function that casts judges it. Its last
 * digits follow from the account, under a key that the database does not hold: so what was cast can be shown to whoever
 * cast it, though no table says by which of a person's accounts that was.
 */
export function makeSubmissionId(
	app: Pick<Capabilities, 'random' | 'keys'>,
	accountId: AccountId,
	now: Instant,
): SubmissionId {
	const head = uuidV7(Date.parse(now), app.random(UUID_BYTES)).slice(0, MARK_AT);
	return (head + markOf(app.keys, accountId, head)) as SubmissionId;
}

/** Whether the form of this submission was made for this account. */
export function isSubmissionOf(keys: Keys, accountId: AccountId, id: SubmissionId): boolean {
	const head = id.slice(0, MARK_AT);
	return id.slice(MARK_AT) === markOf(keys, accountId, head);
}

function markOf(keys: Keys, accountId: AccountId, head: string): string {
	return Buffer.from(hmac(keys.secret, 'submission', accountId, head))
		.toString('hex')
		.slice(0, MARK_DIGITS);
}
