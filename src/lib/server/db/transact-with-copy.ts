import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Kysely, PostgresDialect } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import type { Result } from '#lib/domain/base/result.ts';
import type { Db, Tx } from '../capabilities.ts';
import { poolOf } from './pool.ts';
import type { Schema } from './schema.ts';
import { transact } from './transact.ts';

/** Feeds `copy … from stdin` inside the transaction. */
export type CopyIn = (statement: string, chunks: Iterable<Uint8Array>) => Promise<void>;

/**
 * Like `transact`, for what brings rows by the million: the transaction runs on a connection of its own that can COPY too
 * (Kysely hides those it takes) and has no limit of time. What is copied must lie ready: the connection is not to wait.
 */
export async function transactWithCopy<T, R>(
	db: Db,
	work: (tx: Tx, copyIn: CopyIn) => Promise<Result<T, R>>,
): Promise<Result<T, R>> {
	const client = await poolOf(db).connect();
	const borrowed = { query: client.query.bind(client), release: () => undefined };
	const own = new Kysely<Schema>({
		dialect: new PostgresDialect({
			pool: { connect: () => Promise.resolve(borrowed as never), end: () => Promise.resolve(), options: {} },
		}),
	});
	const copyIn: CopyIn = async (statement, chunks) => {
		await pipeline(Readable.from(chunks, { objectMode: false }), client.query(copyFrom(statement)));
	};
	try {
		await client.query('set statement_timeout = 0');
		return await transact(own, (tx) => work(tx, copyIn));
	} finally {
		// Closed, not given back: it has lost its limit of time, and may have failed in the middle of a COPY.
		client.release(true);
	}
}
