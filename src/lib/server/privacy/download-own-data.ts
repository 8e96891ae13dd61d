import { Readable } from 'node:stream';
import { listOwnActs } from '../audit/index.ts';
import { listOwnParticipations } from '../consultation/index.ts';
import type { Capabilities } from '../capabilities.ts';
import { listOwnResponses, readOwnComments } from '../dialogue/index.ts';
import type { Permit } from '../http/index.ts';
import { readOwnIdentity } from '../identity/index.ts';
import { listOwnMail } from '../mail/index.ts';

/** What each table's name is in the file; a test sees that no table that points at an account is forgotten. */
export const DOWNLOADED = {
	account: 'account',
	session: 'sessions',
	one_time_token: 'links',
	role_grant: 'roles',
	residency: 'residencies',
	residency_code: 'usedResidencyCodes',
	residency_code_batch: 'residencyCodeBatches',
	passkey: 'passkeys',
	counter_visit: 'counterVisits',
	totp: 'codeApps',
	recovery_code: 'recoveryCodes',
	invitation: 'acceptedInvitations',
	residents_import: 'residentsImports',
	mail: 'mails',
	participation: 'participations',
	comment: 'comments',
	response_revision: 'publishedResponses',
	audit_entry: 'recordedActs',
} as const;

/** Why the others are not in it. */
export const NOT_DOWNLOADED = {
	passkey_challenge: 'the hash of a number that a device has five minutes to sign',
	half_sign_in: 'the hash of a mark that works for some minutes',
	demonstration_browser: 'the hash of a mark that lies in the browser itself',
} as const;

type Section = readonly [name: string, rows: unknown];

/**
 * All that is kept of an account, as JSON, written as it is read: `about` says in words what is in it and what is not.
 * Only rows of this account, or of the person behind it.
 */
export function downloadOwnData(
	app: Pick<Capabilities, 'db' | 'clock' | 'keys'>,
	permit: Permit<'account.manage'>,
	about: Readonly<Record<string, string>>,
): ReadableStream<Uint8Array> {
	const bytes = Readable.from(encode(writeJson(readSections(app, permit, about))), { objectMode: false });
	return Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
}

async function* readSections(
	{ db, clock, keys }: Pick<Capabilities, 'db' | 'clock' | 'keys'>,
	{ actor: { accountId } }: Permit<'account.manage'>,
	about: Readonly<Record<string, string>>,
): AsyncGenerator<Section> {
	yield ['about', { ...about, madeAt: clock() }];
	const identity = await readOwnIdentity(db, accountId);
	yield [DOWNLOADED.account, identity.account];
	yield [DOWNLOADED.session, identity.sessions];
	yield [DOWNLOADED.one_time_token, identity.links];
	yield [DOWNLOADED.role_grant, identity.roles];
	yield [DOWNLOADED.residency, identity.residencies];
	yield [DOWNLOADED.residency_code, identity.usedResidencyCodes];
	yield [DOWNLOADED.residency_code_batch, identity.residencyCodeBatches];
	yield [DOWNLOADED.passkey, identity.passkeys];
	yield [DOWNLOADED.counter_visit, identity.counterVisits];
	yield [DOWNLOADED.totp, identity.codeApps];
	yield [DOWNLOADED.recovery_code, identity.recoveryCodes];
	yield [DOWNLOADED.invitation, identity.acceptedInvitations];
	yield [DOWNLOADED.residents_import, identity.residentsImports];
	yield [DOWNLOADED.mail, await listOwnMail(db, accountId)];
	yield [DOWNLOADED.participation, await listOwnParticipations({ db, keys }, accountId)];
	yield [DOWNLOADED.comment, readOwnComments(db, accountId)];
	yield [DOWNLOADED.response_revision, await listOwnResponses(db, accountId)];
	yield [DOWNLOADED.audit_entry, await listOwnActs(db, accountId)];
}

async function* writeJson(sections: AsyncGenerator<Section>): AsyncGenerator<string> {
	let start = '{';
	for await (const [name, rows] of sections) {
		yield `${start}\n${JSON.stringify(name)}: `;
		start = ',';
		if (isList(rows)) yield* writeList(rows);
		else yield JSON.stringify(rows, null, '\t');
	}
	yield '\n}\n';
}

async function* writeList(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
	yield '[';
	let between = '\n';
	for await (const row of rows) {
		yield between + JSON.stringify(row);
		between = ',\n';
	}
	yield ']';
}

function isList(rows: unknown): rows is Iterable<unknown> | AsyncIterable<unknown> {
	return Array.isArray(rows) || (typeof rows === 'object' && rows !== null && Symbol.asyncIterator in rows);
}

async function* encode(texts: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	for await (const text of texts) yield encoder.encode(text);
}
