import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openLog } from '#lib/server/log.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { HOSTILE_TEXTS } from '#tests/support/hostile.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { startTestServer } from '#tests/support/server.ts';

const HOSTILE = [
	...HOSTILE_TEXTS,
	'\n{"level":60,"msg":"forged"}',
	'\r\n{"level":60}',
	'\u2028{"level":60}',
	'\u001b[2J\u001b]0;title\u0007\u009b31m',
	'\u0000\u0008\u007f',
];

function written(log: (log: ReturnType<typeof openLog>) => void): string {
	let text = '';
	const destination = new Writable({
		write: (chunk: Buffer, _, done) => ((text += chunk.toString('utf8')), done()),
	});
	log(openLog('info', destination as never));
	return text;
}

/** What a terminal obeys. */
const COMMANDS = /[\u0000-\u0009\u000b-\u001f\u007f]/;

describe('C06 what is logged of a hostile text', () => {
	// Red when log.ts writes lines by hand instead of JSON.
	it.each(HOSTILE)('is one line, in which it is a value: %j', (text) => {
		const lines = written((log) => log.error({ job: text, error: { message: text, stack: text } }, text));
		expect(lines.trimEnd().split('\n')).toHaveLength(1);
		expect(JSON.parse(lines)).toMatchObject({ level: 50, job: text, msg: text });
		expect(lines.trimEnd().replaceAll('\u007f', '')).not.toMatch(COMMANDS);
	});

	// Red without `redact` in log.ts.
	it('G03 is without the fields that name people or open doors, wherever they stand', () => {
		const named = { email: 'a@b.kz', password: 'x-secret-x', token: 'x-secret-x', iin: '991231299998' };
		const more = { cookie: 'x-secret-x', authorization: 'x-secret-x', sessionId: 'x-secret-x', to: 'a@b.kz' };
		const lines = written((log) => {
			log.info({ ...named, ...more }, 'flat');
			log.info({ account: { ...named, ...more } }, 'nested');
			log.error({ error: { ...named, message: 'kept' } }, 'failed');
		});
		expect(lines).not.toMatch(/a@b\.kz|x-secret-x|991231299998/);
		expect(lines).toContain('kept');
	});
});

it('C06 every line of a server that fails on hostile requests is one entry of its own', async () => {
	const database = await createTestDatabase('seeded');
	const server = await startTestServer(database, { LOG_LEVEL: 'debug' });
	try {
		await sql`alter table city_text rename to lost_city_text`.execute(database.owner);
		for (const text of HOSTILE) {
			const encoded = encodeURIComponent(text);
			const browser = new HttpBrowser(server.url);
			await browser.send(`/kk?x=${encoded}`, { headers: { 'user-agent': encoded } });
			await browser.post('/kk/my-city', { city: text });
		}
		await sendRaw(server.url, 'GET /kk?%0a{"level":60}', [
			'user-agent: \u001b[2J',
			'x-request-id: {"level":60}',
		]);
		const lines = server
			.output()
			.trimEnd()
			.split('\n')
			.filter((line) => !line.startsWith('Listening on'));
		expect(lines.length).toBeGreaterThan(HOSTILE.length);
		for (const line of lines) {
			expect((JSON.parse(line) as { level: number }).level).toBe(50);
			expect(line).not.toMatch(COMMANDS);
		}
	} finally {
		await server.stop();
		await database.close();
	}
});
