import { VISITOR, type SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId, CityId, DistrictId, MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseEmailAddress, type EmailAddress } from '#lib/domain/identity/email-address.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parseResidencyCode, type ResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Result } from '#lib/domain/base/result.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	confirmEmail,
	findActor,
	issueResidencyCodes,
	registerAccount,
	startSession,
	type CookieJar,
	type Registration,
} from '#lib/server/identity/index.ts';
import { mailToken, type PlainMailKind } from '#lib/server/mail/index.ts';

export const PASSWORD = 'three unlikely words';

let addresses = 0;

export function anAddress(): string {
	return `somebody-${++addresses}@mail.invalid`;
}

function valueOf<T>(result: Result<T, { readonly code: string }>): T {
	if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
	return result.value;
}

export function toEmail(address: string): EmailAddress {
	return valueOf(parseEmailAddress(address));
}

export function aRegistration({
	address = anAddress(),
	password = PASSWORD,
	displayName = 'Айгүл С.',
	language = 'kk' as Language,
	browser = null as string | null,
} = {}): Registration {
	return {
		email: toEmail(address),
		password: valueOf(parseNewPassword(password)),
		displayName: valueOf(parseDisplayName(displayName)),
		language,
		browser,
	};
}

/** Registers; the account waits for its address to be confirmed. */
export async function register(app: Capabilities, registration = aRegistration()): Promise<AccountId> {
	await registerAccount(app, registration);
	const account = await app.db
		.selectFrom('account')
		.where('email_key', '=', registration.email.key)
		.select('id')
		.executeTakeFirstOrThrow();
	return account.id;
}

/** What stands in the link of the newest mail of this kind. */
export async function latestToken(
	app: Capabilities,
	accountId: AccountId,
	kind: PlainMailKind = 'confirm_email',
): Promise<string> {
	const mail = await app.db
		.selectFrom('mail')
		.where('account_id', '=', accountId)
		.where('kind', '=', kind)
		.select('id')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return mailToken(app.keys, mail.id as MailId);
}

/** Registers and opens the link of the mail. */
export async function registerAndConfirm(
	app: Capabilities,
	registration = aRegistration(),
): Promise<AccountId> {
	const accountId = await register(app, registration);
	valueOf(await confirm(app, await latestToken(app, accountId), registration.password));
	return accountId;
}

/** Opens the link of a mail in a browser that knows nothing of the registration, and types this password. */
export function confirm(app: Capabilities, token: string, password: string | null = PASSWORD) {
	return confirmEmail(app, token, { actor: VISITOR, cookies: aJar(), password });
}

/** The cookies of one browser, with the options they were last set with. */
export type TestJar = CookieJar & { readonly cookies: Map<string, { value: string; options: object }> };

export function aJar(): TestJar {
	const cookies: TestJar['cookies'] = new Map();
	return {
		cookies,
		get: (name) => cookies.get(name)?.value,
		set: (name, value, options) => void cookies.set(name, { value, options }),
		delete: (name) => void cookies.delete(name),
	};
}

/** What hooks make of a browser in which this account has signed in. */
export async function signedIn(app: Capabilities, accountId: AccountId): Promise<SignedIn> {
	const jar = aJar();
	await startSession(app, jar, accountId);
	const actor = await findActor(app, jar);
	if (actor.kind !== 'signed_in') throw new Error('the session was not found');
	return actor;
}

/** A code on paper for somebody on the akimat's list, as it is handed in. */
export async function aCode(
	app: Capabilities,
	cityId: CityId,
	{ identity = crypto.randomUUID() as string | null, districtId = null as DistrictId | null } = {},
): Promise<ResidencyCode> {
	const [printed = ''] = await issueResidencyCodes(app, cityId, [{ identity, districtId }]);
	return valueOf(parseResidencyCode(printed));
}
