import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { poolOf } from '#lib/server/db/pool.ts';
import type { Figures } from './words.ts';
import { CITY, type World } from './world.ts';

const PEOPLE = 1_000_000;
const WARM_UP = 20_000;
/** How many fall off the list in a later import of nearly the same one. */
const GONE = 1_000;
const ROWS_A_PIECE = 2_000;
const COPIES = 3;
const KB_A_MB = 1024;
const BOUNDARY = 'list-of-residents';

/**
 * A list of a million people imported as an official's browser sends it (session, form, file, decoding, checks, hashing,
 * COPY, merge, audit), against COPY of the rows that it left into a table with the same index. Memory is the server's, at
 * its peak during the import; Linux only.
 */
export async function benchResidents(world: World): Promise<Figures> {
	const cookie = await signInOfficial(world);
	const client = await poolOf(world.owner.db).connect();
	try {
		const whole = await makeForm(client, PEOPLE);
		await send(world, cookie, await makeForm(client, WARM_UP), WARM_UP);
		await client.query('truncate listed_person');
		await forgetPeak(world);
		const seconds = await send(world, cookie, whole, PEOPLE);
		const peak = await readPeak(world);
		const later = await send(world, cookie, await makeForm(client, PEOPLE - GONE), PEOPLE - GONE);
		const alone = await copyAlone(client);
		return {
			vs_copy: seconds / alone,
			peak_mb: peak,
			import_s: seconds,
			copy_s: alone,
			later_import_s: later,
			rows_per_second: PEOPLE / seconds,
		};
	} finally {
		client.release(true);
	}
}

async function signInOfficial({ owner: { db } }: World): Promise<string> {
	const { accountId } = await db
		.selectFrom('role_grant')
		.where('role', '=', 'official')
		.where('city_id', '=', CITY)
		.select('account_id as accountId')
		.executeTakeFirstOrThrow();
	const sessionId = randomBytes(20).toString('hex');
	await db
		.insertInto('session')
		.values({ id_hash: createHash('sha256').update(sessionId).digest(), account_id: accountId })
		.execute();
	return `session=${sessionId}`;
}

/** The body that a browser sends, ready in memory, so that making it costs no time of the import's. */
async function makeForm(client: pg.PoolClient, people: number): Promise<Buffer> {
	const { rows } = await client.query<{ name: string }>(
		`select name from district_text where city_id = $1 and language = 'ru' order by district_id`,
		[CITY],
	);
	const pieces = [
		`--${BOUNDARY}\r\ncontent-disposition: form-data; name="list"; filename="list.csv"\r\n\r\nИИН;район\r\n`,
	];
	let piece = '';
	let number = 0;
	for (const iin of artificialIins().take(people)) {
		piece += `${iin};${rows[number % rows.length]?.name ?? ''}\r\n`;
		if (++number % ROWS_A_PIECE > 0 && number < people) continue;
		pieces.push(piece);
		piece = '';
	}
	pieces.push(`\r\n--${BOUNDARY}--\r\n`);
	return Buffer.from(pieces.join(''));
}

/** @returns seconds from the first byte to the address of the report. */
async function send({ server, owner }: World, cookie: string, form: Buffer, people: number): Promise<number> {
	const start = performance.now();
	const response = await fetch(`${server.url}/kk/office/${CITY}/residents?/import`, {
		method: 'POST',
		redirect: 'manual',
		body: new Uint8Array(form),
		headers: {
			origin: server.url,
			accept: 'text/html',
			'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
			cookie,
		},
	});
	const seconds = (performance.now() - start) / 1000;
	if (response.status !== 303) throw new Error(`the import answers ${response.status}`);
	const { listed } = await owner.db
		.selectFrom('listed_person')
		.where('city_id', '=', CITY)
		.select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('listed'))
		.executeTakeFirstOrThrow();
	if (listed !== people) throw new Error(`${listed} are listed, ${people} were sent`);
	return seconds;
}

/** Linux then counts the peak of the server's memory anew. */
async function forgetPeak({ server }: World): Promise<void> {
	await writeFile(`/proc/${server.pid}/clear_refs`, '5');
}

async function readPeak({ server }: World): Promise<number> {
	const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / KB_A_MB;
}

/** @returns seconds, the middle one of several runs. */
async function copyAlone(client: pg.PoolClient): Promise<number> {
	const rows: Buffer[] = [];
	const written = client.query(copyTo('copy listed_person to stdout binary'));
	for await (const chunk of written) rows.push(chunk as Buffer);
	const runs: number[] = [];
	for (let run = 0; run < COPIES; run++) {
		await client.query('create table alone (like listed_person including all)');
		const start = performance.now();
		await pipeline(Readable.from(rows), client.query(copyFrom('copy alone from stdin binary')));
		runs.push((performance.now() - start) / 1000);
		await client.query('drop table alone');
	}
	return runs.sort((first, second) => first - second)[Math.floor(COPIES / 2)]!;
}
