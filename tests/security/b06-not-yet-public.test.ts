import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial, aResident } from '#tests/support/factories/account.ts';
import { cast, thePaper } from '#tests/support/factories/ballot.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { publishToday } from '#tests/support/factories/statistics.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
/** A number that is no day, hour or minute, so that it stands nowhere else. */
const VOTERS = 61;
const BLANK = 8;

let database: TestDatabase;
let server: BuiltServer;
let open: MadeConsultation;
let counted: MadeConsultation;
let readers: readonly HttpBrowser[];
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	open = await aConsultation(database, HERE);
	const paper = await thePaper(database.db, open);
	for (let voter = 0; voter < VOTERS; voter++) {
		await cast(database.db, open, await aResident(database.db, HERE), [paper.optionIds[0]!]);
	}
	// How many took part is told while voting is open; what they chose is not.
	for (let blank = 0; blank < BLANK; blank++) {
		await cast(database.db, open, await aResident(database.db, HERE), []);
	}
	counted = await aConsultation(database, HERE, { phase: 'answering' });
	await publishToday(database);
	const { accountId } = await anOfficial(database.db, HERE);
	readers = [
		new HttpBrowser(server.url),
		new HttpBrowser(server.url).withSession(await aSession(database, accountId)),
	];
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** A figure of its own, not part of another or of an address. */
const names = (text: string, figure: number) => new RegExp(`(?<![\\d.-])${figure}(?![\\d.-])`).test(text);
const withoutScripts = (body: string) => body.replace(/<script\b[\s\S]*?<\/script>/g, '');

describe('B06 a result that is not published yet', () => {
	// Red without `counting_ends_at <= clock_timestamp()` in consultation/results.ts.
	it('is on no page, in no data of a page, whoever asks', async () => {
		const page = `/kk/taraz/consultations/${open.slug}`;
		for (const reader of readers) {
			const results = await reader.get(`${page}/results`);
			expect(results).toMatchObject({ status: 303, location: page });
			const data = await reader.get(`${page}/results/__data.json`);
			expect(data.body).not.toMatch(/votes|"rank"|blank/);
			for (const part of ['', '/ballot', '/confirmation']) {
				const { body } = await reader.get(`${page}${part}/__data.json`);
				expect(body, part).not.toMatch(/"votes"|"rank"/);
			}
			for (const path of [page, '/kk', '/kk/taraz', '/kk/taraz/budget/2027/04', '/kk/taraz/consultations']) {
				expect(names(withoutScripts((await reader.get(path)).body), VOTERS), path).toBe(false);
			}
		}
	});

	it('is in no export', async () => {
		for (const format of ['csv', 'json', 'jsonl', 'xlsx']) {
			const { body, status } = await readers[0]!.get(`/api/v1/statistics/votes.${format}?city=taraz`);
			if (status === 404) continue;
			expect(body).not.toContain(open.slug);
		}
		const { body } = await readers[0]!.get('/api/v1/statistics/votes.csv?city=taraz');
		expect(body).toContain(counted.slug);
	});

	it('while that of a count which has ended is, so that its absence means something', async () => {
		const page = await readers[0]!.get(`/kk/taraz/consultations/${counted.slug}/results`);
		expect(page.status).toBe(200);
	});
});

it.todo('B06 a draft of a response is nowhere: responses have no drafts that are kept yet');
it.todo('B06 a hidden comment is nowhere: moderation is not built yet');
it.todo('B06 nor in search, feeds and social cards: none of them is built yet');
