import type { Kysely, Transaction } from 'kysely';
import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ProvenClaims } from '#lib/domain/identity/provider-claims.ts';
import type { ProviderRefusal } from '#lib/domain/identity/refusals.ts';
import type { Schema } from './db/schema.ts';

export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

/** What a read may do with a database or a transaction: writing does not compile. It may be a replica. */
export type Reader = Pick<Db, 'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive'>;

/** The server's clock. Where a deadline counts, the database's clock rules instead. */
export type Clock = () => Instant;

export type Random = (bytes: number) => Uint8Array;

export type Mail = {
	readonly id: MailId;
	readonly to: string;
	readonly subject: string;
	readonly text: string;
};
/** Hands one mail over to the world; throws when it was not taken. Null where no mail may leave. */
export type Mailer = ((mail: Mail) => Promise<void>) | null;

/** What is kept on our side while somebody is at the provider, and proves that the answer is to this question. */
export type ProviderSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Somebody who knows people's IIN and city, and tells us with their consent. */
export type IdentityProvider = {
	/** What people call it. */
	readonly name: string;
	/** @returns where the browser has to go. */
	begin(
		language: Language,
	): Promise<Result<{ readonly href: string; readonly secrets: ProviderSecrets }, ProviderRefusal>>;
	/** @param answer what stands in the address by which they came back */
	finish(answer: URLSearchParams, secrets: ProviderSecrets): Promise<Result<ProvenClaims, ProviderRefusal>>;
};

export type Log = {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
};

/** Secrets of the environment. They never go into the database, a log or a page. */
export type Keys = { readonly secret: string; readonly person: string };

export type Capabilities = {
	readonly db: Db;
	readonly clock: Clock;
	readonly random: Random;
	readonly mailer: Mailer;
	readonly keys: Keys;
	/** Null where none is set up. */
	readonly identityProvider: IdentityProvider | null;
	readonly log: Log;
	readonly origin: string;
	/** Who answers for the personal data; null where nobody was named. */
	readonly operator: string | null;
};
