import pg from 'pg';
import { Fault } from '../lib/fault.mjs';

const OLDEST = 15;
/** Kazakhstan has had one time, UTC+5, since 1 March 2024; older tables of time zones say +6 for Almaty. */
const MOMENT = '2024-03-01T12:00:00Z';
const ALMATY_HOUR = 17;

/** @throws Fault when Node's tables of time zones are older than the change of March 2024. */
export function proveNodeZones(): void {
	const hour = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Almaty', hour: 'numeric', hourCycle: 'h23' });
	if (Number(hour.format(new Date(MOMENT))) !== ALMATY_HOUR) {
		throw new Fault('Node has old time zones (Almaty is not at +05:00 in March 2024): take a newer Node.');
	}
}

/**
 * Proves that a server does what the application relies on: its version, its letters, its time zones.
 * @throws Fault that says which of it is not so.
 */
export async function proveServer(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
	client.on('error', () => {});
	await client.connect();
	try {
		await proveVersion(client);
		await proveZones(client);
		await proveTrigrams(client);
	} finally {
		await client.end();
	}
}

async function ask(client: pg.Client, query: string): Promise<Record<string, unknown>> {
	const { rows } = await client.query<Record<string, unknown>>(query);
	return rows[0] ?? {};
}

async function proveVersion(client: pg.Client): Promise<void> {
	const { number, text } = await ask(
		client,
		`select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
	);
	if (Number(number) < OLDEST * 10_000) {
		throw new Fault(`The database server is Postgres ${String(text)}; ${OLDEST} or newer is needed.`);
	}
	const { encoding } = await ask(client, `select current_setting('server_encoding') as encoding`);
	if (encoding !== 'UTF8') {
		throw new Fault(`The database stores text as ${String(encoding)}; make one with encoding UTF8.`);
	}
}

async function proveZones(client: pg.Client): Promise<void> {
	const { hour } = await ask(
		client,
		`select extract(hour from timestamptz '${MOMENT}' at time zone 'Asia/Almaty')::int as hour`,
	);
	if (hour !== ALMATY_HOUR) {
		throw new Fault(
			'The database server has old time zones (Almaty is not at +05:00 in March 2024): update its tzdata.',
		);
	}
}

/** With an LC_CTYPE of C, pg_trgm sees no letters in a Kazakh word and a search would find nothing, silently. */
async function proveTrigrams(client: pg.Client): Promise<void> {
	await client.query('begin');
	try {
		await client.query('create extension if not exists pg_trgm');
		const { likeness } = await ask(client, `select similarity('бюджет', 'бюджеті') as likeness`);
		if (Number(likeness) < 0.5) {
			throw new Fault(
				`The database does not know Kazakh letters (its LC_CTYPE is C): make it with ` +
					`LOCALE 'C.UTF-8', best with LOCALE_PROVIDER icu and ICU_LOCALE 'kk'.`,
			);
		}
	} catch (error) {
		if (error instanceof Fault) throw error;
		throw new Fault(
			`The database needs the extension pg_trgm, and it cannot be made (${(error as Error).message}): ` +
				`let a superuser run "create extension pg_trgm" in it.`,
		);
	} finally {
		await client.query('rollback');
	}
}
