import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { countListedResidents, listResidentsImports } from '#lib/server/identity/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aListFile } from '#tests/support/factories/residents-list.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

let database: TestDatabase;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database, { LOG_LEVEL: 'debug' });
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const numbers = artificialIins();
const some = (count: number): Iin[] => Array.from({ length: count }, () => numbers.next().value as Iin);
const listed = async (cityId: string) => (await countListedResidents(database.db, cityId as CityId)).listed;

async function openOffice(city: string) {
	const cityId = city as CityId;
	const { accountId } = await anOfficial(database.db, cityId);
	const session = await aSession(database, accountId);
	const browser = new HttpBrowser(server.url).withSession(session);
	const page = `/kk/office/${city}/residents`;
	return {
		page,
		session,
		browser,
		/** As a browser without scripts sends the page's form: the file first, then the boxes that are ticked. */
		send: (file: Buffer | null, ...ticked: string[]): Promise<Answer> => {
			const body = new FormData();
			body.set(
				'list',
				new Blob(file === null ? [] : [new Uint8Array(file)]),
				file === null ? '' : 'тізім.csv',
			);
			for (const box of ticked) body.set(box, 'yes');
			return browser.send(`${page}?/import`, { method: 'POST', body, headers: { origin: server.url } });
		},
	};
}

describe('a list sent by a plain form', () => {
	it('is imported, and told of on the page it leads to', async () => {
		const { page, browser, send } = await openOffice('semey');
		const sent = await send(aListFile(some(3)));
		expect(sent.status).toBe(303);
		expect(sent.location).toMatch(new RegExp(`^${page}\\?import=[0-9a-f-]{36}$`));
		const { body } = await browser.get(sent.location!);
		expect(body).toContain('Жаңа тізім жүктелді');
		expect(body).toContain('Қосылғаны – 3');
		expect(await listed('semey')).toBe(3);
	});

	it('F05 sent twice leads to the same report, and the list is replaced once', async () => {
		const { send } = await openOffice('aktobe');
		const file = aListFile(some(4));
		const [first, second] = await Promise.all([send(file), send(file)]);
		expect(first.status).toBe(303);
		expect(second.location).toBe(first.location);
		expect(await listResidentsImports(database.db, 'aktobe' as CityId, 5)).toHaveLength(1);
	});

	it('shows bad rows with line, reason and last digits, on the page and as a file', async () => {
		const { page, browser, send } = await openOffice('atyrau');
		const [good] = some(1) as [Iin];
		const file = Buffer.from(`iin\n${good}\n700101300006\n=1+1\n`);
		const refused = await send(file);
		const { body } = await browser.get(refused.location!);
		expect(body).toContain('Тізім қабылданбады, ештеңе өзгерген жоқ');
		expect(body).toContain('********0006');
		const id = new URL(refused.location!, server.url).searchParams.get('import');
		const report = await browser.get(`${page}/faults/${id}.csv`);
		expect(report.headers.get('content-disposition')).toContain('attachment');
		expect(report.body.replace('\ufeff', '').split('\r\n')).toEqual([
			'Жол;ЖСН;Себебі',
			'3;********0006;Бақылау цифры сәйкес емес',
			'4;*1*1;Цифрдан басқа таңба бар',
			'',
		]);
		expect(await listed('atyrau')).toBe(0);
		expect((await send(file, 'skipFaults')).status).toBe(303);
		expect(await listed('atyrau')).toBe(1);
	});

	it('without a file, or with another kind of body, says so and does nothing', async () => {
		const { page, browser, send } = await openOffice('taldykorgan');
		const empty = await send(null);
		expect(empty.status).toBe(400);
		expect(empty.body).toContain('Тізімі бар CSV файлын таңдаңыз.');
		expect((await browser.post(`${page}?/import`, { list: 'x', skipFaults: 'yes' })).status).toBe(400);
	});

	it('B02 the report of one city is not there for the officials of another', async () => {
		const { page, send } = await openOffice('oral');
		const { location } = await send(aListFile(some(2)));
		const id = new URL(location!, server.url).searchParams.get('import');
		const { browser } = await openOffice('taraz');
		for (const path of [
			`${page}?import=${id}`,
			`${page}/faults/${id}.csv`,
			`/kk/office/taraz/residents?import=${id}`,
		]) {
			expect((await browser.get(path)).status).toBe(404);
		}
		expect((await browser.get(`/kk/office/taraz/residents/faults/${id}.csv`)).status).toBe(404);
	});
});

describe('D03', () => {
	/** Sends the head of a request and some of its body, as given, and takes what comes back. */
	function sendRaw(head: readonly string[], body: string): Promise<string> {
		const { hostname, port } = new URL(server.url);
		return new Promise((resolve, reject) => {
			const socket = connect(Number(port), hostname);
			let answer = '';
			socket.on('data', (data) => (answer += data.toString('utf8')));
			socket.on('error', reject);
			socket.on('close', () => resolve(answer));
			// Not ended: a client that ends its side is taken for one that has gone.
			socket.write(
				`${[...head, `host: ${hostname}:${port}`, `origin: ${server.url}`, 'connection: close', 'accept: text/html'].join('\r\n')}\r\n\r\n${body}`,
			);
		});
	}
	const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

	it('a list that announces more than its limit is refused before it is read', async () => {
		const { page, session } = await openOffice('karaganda');
		const answer = await sendRaw(
			[
				`POST ${page}?/import HTTP/1.1`,
				`cookie: ${session.name}=${session.value}`,
				'content-type: multipart/form-data; boundary=x',
				`content-length: ${290 * 1024 * 1024}`,
			],
			'--x\r\n',
		);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
	});

	it('F05 a list that is cut changes nothing', async () => {
		const { page, session } = await openOffice('karaganda');
		const file = aListFile(some(5)).toString();
		const body = `--x\r\nContent-Disposition: form-data; name="list"; filename="a.csv"\r\n\r\n${file}`;
		const answer = await sendRaw(
			[
				`POST ${page}?/import HTTP/1.1`,
				`cookie: ${session.name}=${session.value}`,
				'content-type: multipart/form-data; boundary=x',
				`content-length: ${Buffer.byteLength(body)}`,
			],
			body,
		);
		expect(answer).toMatch(/^HTTP\/1\.1 400 /);
		expect(await listed('karaganda')).toBe(0);
		expect(await listResidentsImports(database.db, 'karaganda' as CityId, 5)).toEqual([]);
	});

	it.each(['/kk/sign-in', '/kk/register', '/kk/me/residency?/code'])(
		'a form sent to %s may not be large',
		async (path) => {
			const browser = new HttpBrowser(server.url);
			const large = await browser.post(path, { email: 'a'.repeat(300 * 1024) });
			expect(large.status).toBe(413);
		},
	);

	it('a form without an announced length breaks off where it grows too long', async () => {
		const answer = await sendRaw(
			[
				'POST /kk/sign-in HTTP/1.1',
				'content-type: application/x-www-form-urlencoded',
				'transfer-encoding: chunked',
			],
			`${chunk(`email=${'a'.repeat(200 * 1024)}`)}${chunk('b'.repeat(100 * 1024))}0\r\n\r\n`,
		);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
	});
});

it('G03 no number of a list is in the log, in an address or on a page', async () => {
	const { page, browser, send } = await openOffice('petropavlovsk');
	const iins = some(20);
	const file = Buffer.concat([aListFile(iins), Buffer.from(`${iins[0]}\n700101300006\n`)]);
	const answers = [await send(file), await send(file, 'skipFaults')];
	for (const { location } of [...answers]) answers.push(await browser.get(location!));
	answers.push(await browser.get(page));
	const seen = [server.output(), ...answers.map(({ location, body }) => `${location} ${body}`)].join('\n');
	for (const iin of [...iins, '700101300006']) expect(seen).not.toContain(iin);
});
