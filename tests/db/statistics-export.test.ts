import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { EXPORT_COLUMNS, EXPORT_FORMATS, EXPORT_TABLES } from '#lib/domain/participation/words.ts';
import type { ExportTable } from '#lib/domain/participation/words.ts';
import { findRelease, openExport } from '#lib/server/statistics/index.ts';
import { publishReleaseOf } from '#lib/server/statistics/publish-release.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aCity, addBallots, addComments, addResidents, aVote } from '#tests/support/history.ts';
import { readBytes } from '#tests/support/read-stream.ts';
import { answerExport } from '../../src/routes/api/v1/answer-export.ts';

let database: TestDatabase;
let taraz: CityId;
let oral: CityId;

beforeAll(async () => {
	database = await createTestDatabase();
	const { owner } = database;
	taraz = await aCity(owner, 'taraz', { position: 1 });
	oral = await aCity(owner, 'oral', { position: 2, timeZone: 'Asia/Oral' });
	await nameLine(
		database,
		'07',
		'Тұрғын үй-коммуналдық шаруашылық, «ҚӘҒҢӨҰҮҺІ» және тағы',
		'Жилищно; "коммунальное"',
	);
	for (const city of [taraz, oral]) {
		await addResidents(owner, city, '2026-11-01', 12);
		await addComments(owner, city, '07', '2026-11-02', 8, { answeredOn: '2026-11-06' });
		await addComments(owner, city, '04', '2026-11-03', 6, { answeredOn: '2026-11-04' });
	}
	const vote = await aVote(owner, taraz, { opensOn: '2026-11-01', endsOn: '2026-11-05', slug: 'roads' });
	await addBallots(owner, taraz, vote, '2026-11-02', 9, ['07']);
	await addBallots(owner, taraz, vote, '2026-11-04', 3, ['04']);
	await publishReleaseOf(database, parseCivilDate('2026-11-05'));
	await publishReleaseOf(database, parseCivilDate('2026-11-10'));
});
afterAll(async () => {
	await database.close();
});

async function nameLine({ owner }: TestDatabase, code: string, kk: string, ru: string): Promise<void> {
	await owner
		.insertInto('classification_text')
		.values([
			{ kind: 'expenditure', code, language: 'kk', name: kk },
			{ kind: 'expenditure', code, language: 'ru', name: ru },
		])
		.execute();
}

/** Asks the address as a program would, past the network only. */
function ask(table: ExportTable, query = '', format: 'csv' | 'excel.csv' = 'csv', language = 'en') {
	const url = new URL(`http://127.0.0.1:4173/api/v1/${table}.${format}${query}`);
	return answerExport(
		{
			locals: { app: testApp(database.db), actor: { kind: 'visitor' }, requestId: 'x' },
			url,
			request: new Request(url, { headers: { 'accept-language': language } }),
			getClientAddress: () => '127.0.0.1',
		},
		table,
		format,
	);
}

async function rowsOf(response: Response): Promise<Record<string, string>[]> {
	return parse(await readBytes(response.body!), { bom: true, columns: true });
}

describe('a download', () => {
	it('begins with a byte order mark, ends lines with CR LF and keeps every Kazakh letter', async () => {
		const bytes = await readBytes((await ask('comments')).body!);
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const text = bytes.toString('utf8');
		expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(text.endsWith('\r\n')).toBe(true);
		expect(text).toContain(
			'"Тұрғын үй-коммуналдық шаруашылық, «ҚӘҒҢӨҰҮҺІ» және тағы","Жилищно; ""коммунальное"""',
		);
	});

	it('says what it is, of which day, under which licence, and what file to keep it as', async () => {
		const { headers } = await ask('participation', '?city=taraz');
		expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
		expect(headers.get('content-disposition')).toBe(
			'attachment; filename="ortaq-budget_participation_taraz_2026-11-10.csv"',
		);
		expect(headers.get('x-data-release')).toBe('2026-11-10');
		expect(headers.get('x-data-kind')).toBe('real');
		expect(headers.get('link')).toContain('rel="license"');
	});

	it('has the columns that are promised, in each format of each table', async () => {
		for (const table of EXPORT_TABLES) {
			for (const format of EXPORT_FORMATS) {
				const bytes = await readBytes((await ask(table, '', format)).body!);
				const delimiter = format === 'csv' ? ',' : ';';
				const [header] = parse(bytes, { bom: true, delimiter }) as string[][];
				expect(header).toEqual(EXPORT_COLUMNS[table]);
			}
		}
	});

	it('tells counts by city and period with the consultation of ballots and the wait of answers', async () => {
		const rows = await rowsOf(await ask('participation', '?city=taraz'));
		expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
			'real 2026-11-05 taraz comments  2026-11-01 2026-11-02 8 ',
			'real 2026-11-05 taraz comments  2026-11-03 2026-11-03 6 ',
			'real 2026-11-05 taraz residents  2026-11-01 2026-11-01 12 ',
			'real 2026-11-05 taraz responses  2026-11-01 2026-11-04 6 1',
			'real 2026-11-10 taraz responses  2026-11-05 2026-11-06 8 4',
			'real 2026-11-10 taraz ballots roads 2026-11-01 2026-11-05 12 ',
		]);
	});

	it('tells votes by line of an ended vote, and says which it keeps back', async () => {
		const rows = await rowsOf(await ask('votes'));
		expect(rows.map(({ code, votes, suppressed }) => ({ code, votes, suppressed }))).toEqual([
			{ code: '01', votes: '', suppressed: 'true' },
			{ code: '04', votes: '', suppressed: 'true' },
			{ code: '07', votes: '9', suppressed: 'false' },
		]);
	});

	it('gives an earlier release again as it was', async () => {
		const rows = await rowsOf(await ask('participation', '?city=taraz&release=2026-11-05'));
		expect(rows.map(({ metric, last_day }) => `${metric} ${last_day}`)).toEqual([
			'comments 2026-11-02',
			'comments 2026-11-03',
			'residents 2026-11-01',
			'responses 2026-11-04',
		]);
	});

	it('takes periods that lie wholly between two days', async () => {
		const metrics = async (query: string) =>
			(await rowsOf(await ask('participation', query))).map((row) => `${row.metric} ${row.last_day}`);
		expect(await metrics('?city=taraz&from=2026-11-03')).toEqual([
			'comments 2026-11-03',
			'responses 2026-11-06',
		]);
		expect(await metrics('?city=taraz&from=&to=2026-11-01')).toEqual(['residents 2026-11-01']);
		expect(await metrics('?city=taraz&from=2026-11-05&to=2026-11-05')).toEqual([]);
	});

	it('has no rows, but its columns, before the first release', async () => {
		const fresh = await createTestDatabase();
		try {
			const { bytes } = await openExport(testApp(fresh.db), {
				table: 'votes',
				format: 'csv',
				release: await findRelease(fresh.db, null),
				filter: { cityId: null, from: null, to: null },
			});
			expect(parse(await readBytes(bytes), { bom: true })).toEqual([[...EXPORT_COLUMNS.votes]]);
		} finally {
			await fresh.close();
		}
	});

	it('says in every row and in its name that its people are simulated', async () => {
		const fresh = await createTestDatabase();
		try {
			await sql`insert into demonstration (seed) values (1)`.execute(fresh.owner);
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addResidents(fresh.owner, city, '2026-11-01', 12);
			await publishReleaseOf(fresh, parseCivilDate('2026-11-05'));
			const url = new URL('http://127.0.0.1:4173/api/v1/statistics/participation.csv');
			const response = await answerExport(
				{
					locals: { app: testApp(fresh.db), actor: { kind: 'visitor' }, requestId: 'x' },
					url,
					request: new Request(url),
					getClientAddress: () => '127.0.0.1',
				},
				'participation',
				'csv',
			);
			expect(response.headers.get('x-data-kind')).toBe('simulated');
			expect(response.headers.get('content-disposition')).toContain('_simulated_');
			expect((await rowsOf(response)).map((row) => row.data_kind)).toEqual(['simulated']);
		} finally {
			await fresh.close();
		}
	});
});

describe('D05 an address that asks oddly', () => {
	const wrong: readonly (readonly [ExportTable, string, string, string])[] = [
		['participation', '?sort=password', 'sort', 'parameter_unknown'],
		['participation', '?__proto__=1', '__proto__', 'parameter_unknown'],
		['participation', '?city=taraz&city=oral', 'city', 'parameter_repeated'],
		['participation', '?city=nowhere', 'city', 'city_unknown'],
		['participation', "?city=taraz'--", 'city', 'city_unknown'],
		['participation', '?city=%00', 'city', 'city_unknown'],
		['participation', '?from=2026-02-30', 'from', 'day_invalid'],
		['participation', '?from=0000-01-01', 'from', 'day_invalid'],
		['participation', '?to=yesterday', 'to', 'day_invalid'],
		['participation', '?from=2026-11-02&to=2026-11-01', 'to', 'days_reversed'],
		['comments', '?release=2026-11-06', 'release', 'release_unknown'],
		['budgets', '?from=2026-11-02', 'from', 'parameter_unknown'],
		['budgets', '?year=26', 'year', 'year_invalid'],
		['budgets', '?city=taraz&version=last', 'version', 'version_unknown'],
		['participation', '?year=2026', 'year', 'parameter_unknown'],
	];
	for (const [table, query, parameter, code] of wrong) {
		it(`is told what is wrong: ${table}${query}`, async () => {
			const response = await ask(table, query);
			expect(response.status).toBe(400);
			expect(response.headers.get('content-type')).toContain('application/problem+json');
			const told = (await response.json()) as { title: string; errors: Record<string, string>[] };
			expect(told.errors).toEqual([{ parameter, code, detail: expect.stringMatching(/\w.*\.$/) as string }]);
		});
	}

	it('is told so in its own language', async () => {
		const titles = await Promise.all(
			['kk', 'ru', 'en'].map(async (language) => {
				const response = await ask('votes', '?x=1', 'csv', language);
				return ((await response.json()) as { title: string }).title;
			}),
		);
		expect(titles).toEqual([
			expect.stringMatching(/^Сұрау/),
			expect.stringMatching(/^Запрос/),
			expect.stringMatching(/^The request/),
		]);
	});
});
