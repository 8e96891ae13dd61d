import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId, MailId } from '#lib/domain/base/ids.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { formatResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { mailToken } from '#lib/server/mail/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { aCode, latestToken } from '#tests/support/factories/registration.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { publishToday } from '#tests/support/factories/statistics.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const ADDRESS = 'aigul.sarsenova@personal.invalid';
const PASSWORD = 'жеті бұлақтың суы';

let database: TestDatabase;
let app: Capabilities;
let server: BuiltServer;
let vote: MadeConsultation;
/** Everything that must not be found, by what it is. */
const secrets: Record<string, string> = { address: ADDRESS, password: PASSWORD };
/** What the story answered to its own heroine, and to everybody else afterwards. */
const own: Answer[] = [];
const public_: Answer[] = [];

const iin = artificialIins().next().value as never as string;
let browser: HttpBrowser;

/** A resident from registering to voting, as the pages have it; somebody else tries to be her meanwhile. */
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database, { LOG_LEVEL: 'debug' });
	vote = await aConsultation(database, HERE);
	await importFile(app, HERE, aListFile([iin as never]));
	browser = new HttpBrowser(server.url);
	const post = async (path: string, fields: Record<string, string | string[]>) => {
		own.push(await browser.post(path, fields));
		return own.at(-1)!;
	};
	await post('/kk/register', { email: ADDRESS, displayName: 'Айгүл С.', password: PASSWORD, consent: 'yes' });
	const { id: accountId } = await app.db
		.selectFrom('account')
		.where('email_key', '=', ADDRESS)
		.select('id')
		.executeTakeFirstOrThrow();
	secrets['link of a mail'] = await latestToken(app, accountId);
	await post('/kk/confirm', { token: secrets['link of a mail'], password: PASSWORD });
	await post('/kk/sign-in', { email: ADDRESS, password: `${PASSWORD} x` });
	await post('/kk/sign-in', { email: ADDRESS, password: PASSWORD });
	await post('/kk/sign-in/forgotten', { email: ADDRESS });
	const reset = await app.db
		.selectFrom('mail')
		.where('kind', '=', 'reset_password')
		.select('id')
		.executeTakeFirstOrThrow();
	secrets['link of a new password'] = mailToken(testKeys, reset.id as MailId);
	await post('/kk/me/residency?/iin', {
		city: HERE,
		iin: `${iin.slice(0, 11)}${(Number(iin[11]) + 1) % 10}`,
	});
	await post('/kk/me/residency?/iin', { city: HERE, iin });
	await post('/kk/taraz/budget/2027/06?/comment', {
		...{ id: aSubmission(), body: 'Жарық неге жоқ?', language: 'kk', preselected: 'kk' },
	});
	const ballot = { option: ['04', '12'], submissionId: aSubmission() };
	await post(`/kk/taraz/consultations/${vote.slug}/ballot?/cast`, ballot);
	secrets['iin'] = iin;
	secrets['session'] = browser.cookies.get('session')!;
	secrets['known device'] = browser.cookies.get('known-device')!;
	const code = await aCode(app, 'oral' as CityId);
	secrets['code'] = code;
	secrets['code as printed'] = formatResidencyCode(code);
	await new HttpBrowser(server.url).post('/kk/me/residency?/code', { city: 'oral', code });

	await publishToday(database);
	await breakSomething();
	await readEverything();
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** Errors of every sort, with her data in what was sent. */
async function breakSomething(): Promise<void> {
	await sql`alter table comment rename to lost_comment`.execute(database.owner);
	own.push(await browser.get('/kk/taraz/budget/2027/06'));
	own.push(
		await browser.post('/kk/taraz/budget/2027/06?/comment', {
			...{ id: aSubmission(), body: `${ADDRESS} ${iin}`, language: 'kk', preselected: 'kk' },
		}),
	);
	await sql`alter table lost_comment rename to comment`.execute(database.owner);
	await sql`alter table residency rename to lost_residency`.execute(database.owner);
	own.push(await browser.post('/kk/me/residency?/iin', { city: HERE, iin }));
	await sql`alter table lost_residency rename to residency`.execute(database.owner);
	await sql`alter table account rename column email_key to lost_key`.execute(database.owner);
	public_.push(await new HttpBrowser(server.url).post('/kk/sign-in', { email: ADDRESS, password: PASSWORD }));
	await sql`alter table account rename column lost_key to email_key`.execute(database.owner);
}

async function readEverything(): Promise<void> {
	const administrator = await anAccount(app.db, { grants: [{ role: 'administrator', cityId: null }] });
	const readers = [
		new HttpBrowser(server.url),
		new HttpBrowser(server.url).withSession(await aSession(database, (await anAccount(app.db)).accountId)),
		new HttpBrowser(server.url).withSession(
			await aSession(database, (await anOfficial(app.db, HERE)).accountId),
		),
		new HttpBrowser(server.url).withSession(await aSession(database, administrator.accountId)),
	];
	const pages = ['/kk', '/kk/taraz', '/kk/taraz/budget/2027/06', '/kk/taraz/answers', '/kk/taraz/statistics'];
	pages.push(`/kk/taraz/consultations/${vote.slug}`, '/kk/office/taraz', '/kk/office/taraz/audit');
	pages.push(
		'/kk/office/taraz/residents',
		'/kk/admin',
		'/kk/admin/audit',
		'/kk/admin/health',
		'/kk/admin/staff',
	);
	const tables = ['participation', 'comments', 'votes'].flatMap((table) =>
		['csv', 'json'].map((format) => `/api/v1/statistics/${table}.${format}`),
	);
	for (const reader of readers) {
		for (const path of [...pages, ...pages.map((page) => `${page}/__data.json`), ...tables, '/readyz']) {
			public_.push(await reader.get(path));
		}
	}
}

/** As it is, and as it would stand in an address, in JSON or in bytes. */
const writingsOf = (secret: string) => [
	secret,
	encodeURIComponent(secret),
	JSON.stringify(secret).slice(1, -1),
	Buffer.from(secret).toString('hex'),
	Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

function expectAbsent(text: string, where: string): void {
	for (const [name, secret] of Object.entries(secrets)) {
		for (const writing of writingsOf(secret))
			expect(text.includes(writing), `${name} in ${where}`).toBe(false);
	}
}

describe('G03 after the whole story of a resident', () => {
	it('was a story: she has voted', async () => {
		expect(own.map(({ status }) => status).filter((status) => status === 303).length).toBeGreaterThan(6);
		const { rows } = await sql`select from participation`.execute(app.db);
		expect(rows).toHaveLength(1);
	});

	// Red when something is logged that names her: `describe(error)` with `detail`, or the address of the request.
	it('nothing of hers is in the log of the server, not even of what failed', () => {
		expect(server.output()).toContain('request failed');
		expectAbsent(server.output(), 'the log');
	});

	it('nothing of hers is where addresses lead, nor in a header but the cookies', () => {
		for (const { location, headers } of [...own, ...public_]) {
			expectAbsent(location ?? '', 'a location');
			for (const [name, value] of headers) if (name !== 'set-cookie') expectAbsent(value, name);
		}
	});

	it('nothing of hers is on a page or in an export for anybody else', () => {
		expect(public_.filter(({ status }) => status === 200).length).toBeGreaterThan(60);
		for (const { body } of public_) expectAbsent(body, 'a page');
	});

	it('no password, code or session comes back on her own pages', () => {
		const { address: _, iin: __, ...never } = secrets;
		for (const { body } of own) {
			for (const [name, secret] of Object.entries(never)) expect(body.includes(secret), name).toBe(false);
		}
	});

	// Red without `log_error_verbosity=terse` in scripts/postgres/cluster.ts: the log would repeat a row that was refused.
	it('the embedded database writes no rows into its own log', async () => {
		const { rows } = await sql<{ log_error_verbosity: string }>`show log_error_verbosity`.execute(app.db);
		expect(rows).toEqual([{ log_error_verbosity: 'terse' }]);
		const statements = await sql<{ log_statement: string }>`show log_statement`.execute(app.db);
		expect(statements.rows).toEqual([{ log_statement: 'none' }]);
	});
});

describe('A06 a thief who reads the whole database', () => {
	let dump = '';
	beforeAll(async () => {
		const { rows: tables } = await sql<{ name: string }>`
			select relname as name from pg_class
			where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(database.owner);
		for (const { name } of tables) {
			const { rows } = await sql<{ text: string }>`
				select t::text as text from ${sql.table(name)} as t where ${name} not like 'budget%'`.execute(database.owner);
			dump += rows.map(({ text }) => text).join('\n');
		}
	});

	it('finds whose account it is, so that finding nothing else means something', () => {
		expect(dump).toContain(ADDRESS);
		expect(dump).toContain('$argon2id$v=19$');
	});

	// Red when session.ts, one-time-token.ts, issue-codes.ts or person-key.ts keep what they should hash.
	it('finds nothing to sign in with: no password, session, link or code', () => {
		const { address: _, ...rest } = secrets;
		for (const [name, secret] of Object.entries(rest)) {
			for (const writing of writingsOf(secret)) expect(dump.includes(writing), name).toBe(false);
		}
	});

	it('finds no number by trying all: neither it nor its plain hash stands there', () => {
		for (const text of [iin, `${HERE}${iin}`, `${HERE}:${iin}`, `iin:${iin}`]) {
			for (const algorithm of ['sha256', 'sha1', 'md5']) {
				expect(dump).not.toContain(createHash(algorithm).update(text).digest('hex'));
			}
		}
	});

	it('needs work for each password: argon2id with the memory that is advised', () => {
		const parameters = /\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(dump)!.slice(1).map(Number);
		expect(parameters[0]).toBeGreaterThanOrEqual(19_456);
		expect(parameters[0]! * parameters[1]!).toBeGreaterThanOrEqual(38_912);
	});
});
