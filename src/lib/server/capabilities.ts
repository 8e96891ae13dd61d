import type { Kysely, Transaction } from 'kysely';
import type { MailId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
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
	readonly log: Log;
	readonly origin: string;
	/** Who answers for the personal data; null where nobody was named. */
	readonly operator: string | null;
};
