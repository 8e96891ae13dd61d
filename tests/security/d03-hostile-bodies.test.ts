import type { Socket } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { chunk, sendRaw } from '#tests/support/raw-request.ts';
import { startTestServer } from '#tests/support/server.ts';

const MEGABYTE = 1024 * 1024;
/** Node looks for requests that are too slow twice a minute. */
const SLOW_TEST_MS = 70_000;

let database: TestDatabase;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database, { HEADERS_TIMEOUT: '2' });
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const FORM = 'content-type: application/x-www-form-urlencoded';
const own = () => `origin: ${server.url}`;

const post = (body: BodyInit, contentType: string, path = '/kk/sign-in') =>
	new HttpBrowser(server.url).send(path, {
		method: 'POST',
		body,
		headers: { origin: server.url, 'content-type': contentType },
	});

/** Pages of memory that the server holds; null where the system does not tell. */
async function memoryOf(pid: number): Promise<number | null> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
	return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

describe('D03 a body', () => {
	// Red without `bytes > bytesMax` in http/body-limit.ts.
	it('that never ends is broken off, and none of it is gathered', async () => {
		const before = await memoryOf(server.pid);
		const flood = (socket: Socket) => {
			const part = chunk('a'.repeat(64 * 1024));
			const pump = () => {
				while (!socket.destroyed && socket.write(part));
			};
			socket.on('drain', pump);
			pump();
			// Who goes on after the answer is not waited for.
			socket.once('data', () => setTimeout(() => socket.destroy(), 1_000));
		};
		const started = performance.now();
		const answer = await sendRaw(
			server.url,
			'POST /kk/sign-in',
			[own(), FORM, 'transfer-encoding: chunked'],
			flood,
		);
		expect(answer.status).toBe(413);
		expect(performance.now() - started).toBeLessThan(10_000);
		const after = await memoryOf(server.pid);
		if (before !== null && after !== null) expect(after - before).toBeLessThan(150 * MEGABYTE);
		expect((await new HttpBrowser(server.url).get('/healthz')).status).toBe(200);
	});

	// Red without `refusal(408)` in http/body-limit.ts, and without HEADERS_TIMEOUT: the server waits for minutes.
	it(
		'or headers that fall silent are not waited for',
		async () => {
			const [slowBody, announced, slowHeaders] = await Promise.all([
				sendRaw(
					server.url,
					'POST /kk/sign-in',
					[own(), FORM, 'transfer-encoding: chunked'],
					(socket: Socket) => {
						socket.write(chunk('email='));
						socket.once('data', () => socket.end());
					},
				),
				sendRaw(server.url, 'POST /kk/sign-in', [own(), FORM, 'content-length: 1000'], (socket: Socket) => {
					socket.write('email=');
					socket.once('data', () => socket.end());
				}),
				sendHalfHeaders(),
			]);
			expect([slowBody.status, announced.status]).toEqual([408, 408]);
			expect(slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
		},
		SLOW_TEST_MS,
	);

	async function sendHalfHeaders(): Promise<string> {
		const { connect } = await import('node:net');
		const { hostname, port } = new URL(server.url);
		return new Promise((resolve) => {
			const socket = connect(Number(port), hostname);
			let answer = '';
			socket.on('data', (data) => (answer += data.toString('utf8')));
			socket.on('close', () => resolve(answer));
			socket.on('error', () => {});
			socket.write('GET /kk HTTP/1.1\r\nhost: x\r\nx-slow: ');
		});
	}

	it.each([
		[
			'ten thousand fields',
			() => Array.from({ length: 10_000 }, (_, index) => `f${index}=${index}`).join('&'),
		],
		['one field ten thousand times', () => Array.from({ length: 10_000 }, () => 'email=a').join('&')],
		['a field of signs that must be decoded', () => `email=${'%F0%9F%92%A9'.repeat(20_000)}`],
		['broken signs', () => `email=${'%'.repeat(200_000)}`],
	])('of %s is refused in a moment', async (_, make) => {
		const started = performance.now();
		const answer = await post(make(), 'application/x-www-form-urlencoded');
		expect(answer.status).toBe(400);
		expect(performance.now() - started).toBeLessThan(2_000);
	});

	it.each([
		['JSON a thousand deep', `${'['.repeat(1_000)}${']'.repeat(1_000)}`, 'application/json'],
		['JSON with a prototype', '{"__proto__":{"isAdmin":true},"email":1,"email":2}', 'application/json'],
		[
			'a thousand parts',
			`${'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(1_000)}--x--\r\n`,
			'multipart/form-data; boundary=x',
		],
	])('of %s is no form of ours', async (_, body, type) => {
		expect([400, 415]).toContain((await post(body, type)).status);
		expect(server.output()).not.toContain('request failed');
	});

	// Red when http/read-form.ts collects fields into a plain object.
	it('whose fields are called like what every object has is a form like any other', async () => {
		const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__.isAdmin', 'then'];
		const body = names.map((name) => `${encodeURIComponent(name)}=x`).join('&');
		const answer = await post(
			`${body}&email=a%40b.kz&password=no+such+password`,
			'application/x-www-form-urlencoded',
		);
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('value="a@b.kz"');
		expect(server.output()).not.toContain('request failed');
	});

	it('is not asked for by a method that has none, and a length that lies is no way in', async () => {
		const smuggled = 'GET /kk/admin HTTP/1.1\r\nhost: x\r\n\r\n';
		const answer = await sendRaw(
			server.url,
			'POST /kk/sign-in',
			[own(), FORM, 'content-length: 3', 'transfer-encoding: chunked'],
			`0\r\n\r\n${smuggled}`,
		);
		expect(answer.status).toBe(400);
		expect(answer.body.match(/HTTP\/1\.1/g)).toBeNull();
	});
});
