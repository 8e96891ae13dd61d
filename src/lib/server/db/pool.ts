import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db, Log } from '../capabilities.ts';
import type { Schema } from './schema.ts';

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

type Parse = (text: string) => unknown;

/** Postgres prints `2026-11-24 10:15:00.5+00` in a UTC session; an Instant is `2026-11-24T10:15:00.500Z`. */
const parseTimestamp: Parse = (text) =>
	new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
	[INT8, BigInt],
	[INT8_ARRAY, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt))],
	// pg parses `date` as local midnight; text keeps 1 March from becoming 28 February.
	[DATE, (text) => text],
	[TIMESTAMPTZ, parseTimestamp],
]);

const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: string): Parse =>
		(format !== 'binary' && PARSERS.get(oid)) ||
		(pg.types.getTypeParser(oid, format as 'text') as Parse)) as pg.CustomTypesConfig['getTypeParser'],
};

/** How long one statement may take: a request's gives up before its reader does, a migration or import may take its time. */
const PATIENCE = {
	request: '-c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000',
	work: '-c statement_timeout=0',
} as const;

/** How long a request waits for a connection when all are taken: then it fails rather than piling up behind the others. */
const CONNECTION_PATIENCE_MS = 10_000;

/** int8 → bigint, timestamptz → Instant, date → CivilDate, on this pool only. */
export function openPool(
	url: string,
	size: number,
	log: Log,
	patience: keyof typeof PATIENCE = 'request',
): pg.Pool {
	const pool = new pg.Pool({
		connectionString: url,
		max: size,
		types,
		connectionTimeoutMillis: patience === 'request' ? CONNECTION_PATIENCE_MS : 0,
		options: `-c timezone=UTC ${PATIENCE[patience]}`,
	});
	// A cut connection must not end the process: idle ones report to the pool, borrowed ones to themselves.
	pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'));
	pool.on('connect', (client) => {
		client.on('error', (error) => log.warn({ error: error.message }, 'database connection lost'));
	});
	return pool;
}

const POOLS = new WeakMap<Db, pg.Pool>();

export function openDatabase(pool: pg.Pool): Db {
	const db: Db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
	POOLS.set(db, pool);
	return db;
}

/** The pool behind a handle, for what Kysely cannot say. @throws Error for a handle that was not opened here. */
export function poolOf(db: Db): pg.Pool {
	const pool = POOLS.get(db);
	if (pool === undefined) throw new Error('this handle was not opened by openDatabase');
	return pool;
}
