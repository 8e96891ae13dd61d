import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { METRICS, type ExportTable } from '#lib/domain/participation/words.ts';
import { countVoters } from '#lib/server/consultation/index.ts';
import { loadDemonstration } from '#lib/server/demonstration/index.ts';
import {
	findPublishedBallots,
	findRelease,
	listAnswerPeriods,
	listEndedVotes,
	listLineComments,
	listTotals,
	openExport,
	readDays,
	readGrowth,
	type Release,
	type StatisticsFilter,
} from '#lib/server/statistics/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { shiftDay } from '#tests/support/history.ts';
import { readBytes } from '#tests/support/read-stream.ts';

let database: TestDatabase;
let release: Release;
let filters: readonly StatisticsFilter[];

beforeAll(async () => {
	database = await createTestDatabase('seeded');
	const loaded = await loadDemonstration(testApp(database.owner), 5);
	expect(loaded.ok).toBe(true);
	release = (await findRelease(database.db, null))!;
	const cities = await database.db.selectFrom('city').select('id').orderBy('position').execute();
	const days = { from: shiftDay(release.countedTo, -70), to: shiftDay(release.countedTo, -10) };
	const ofCities = [null, ...cities.slice(0, 3).map(({ id }) => id)];
	filters = ofCities.flatMap((cityId) => [
		{ cityId, from: null, to: null },
		{ cityId, ...days },
	]);
}, 120_000);
afterAll(async () => {
	await database.close();
});

async function download(table: ExportTable, filter: StatisticsFilter): Promise<Record<string, string>[]> {
	const { bytes } = await openExport(testApp(database.db), { table, format: 'csv', release, filter });
	return parse(await readBytes(bytes), { bom: true, columns: true });
}

const sum = (rows: readonly Record<string, string>[], column: string) =>
	rows.reduce((total, row) => total + Number(row[column]), 0);

describe('the figures of a page', () => {
	it('are the sums of the rows in the download under it', async () => {
		for (const filter of filters) {
			const rows = await download('participation', filter);
			const totals = await listTotals(database.db, release, filter);
			expect(totals.reduce((total, { count }) => total + count, 0)).toBe(sum(rows, 'count'));
			for (const { cityId, metric, count, lastDay } of totals) {
				const own = rows.filter((row) => row.city === cityId && row.metric === metric);
				expect(count).toBe(sum(own, 'count'));
				expect(lastDay).toBe(
					own
						.map((row) => row.last_day!)
						.sort()
						.at(-1),
				);
			}
		}
	});

	it('end a line of the chart at the total of its metric', async () => {
		for (const filter of filters) {
			const totals = await listTotals(database.db, release, filter);
			const { days, series } = await readGrowth(database.db, release, filter);
			for (const metric of METRICS) {
				const total = totals
					.filter((row) => row.metric === metric)
					.reduce((all, { count }) => all + count, 0);
				const line = series.find((one) => one.metric === metric);
				expect(line?.totals.at(-1) ?? 0).toBe(total);
				if (line) expect(line.totals).toHaveLength(days.length);
			}
		}
	});

	it('draw no day before the first that is counted, however early one asks', async () => {
		const everything = await readGrowth(database.db, release, { cityId: null, from: null, to: null });
		const from = parseCivilDate('0001-01-01');
		expect(await readGrowth(database.db, release, { cityId: null, from, to: null })).toEqual(everything);
	});

	it('tell lines, votes and waits as the downloads do', async () => {
		for (const filter of filters.filter(({ cityId }) => cityId !== null)) {
			const comments = await download('comments', filter);
			const lines = await listLineComments(database.db, release, filter, 'kk');
			expect(lines.reduce((all, { count }) => all + count, 0)).toBe(sum(comments, 'comments'));

			const votes = await download('votes', filter);
			const ended = await listEndedVotes(database.db, release, filter, 'kk');
			const shown = ended.flatMap(({ slug, options }) =>
				options.map(({ id, votes: count }) => `${slug} ${id} ${count ?? ''}`),
			);
			expect(shown.sort()).toEqual(
				votes.map((row) => `${row.consultation} ${row.option} ${row.votes}`).sort(),
			);

			const answers = await listAnswerPeriods(database.db, release, filter);
			const rows = (await download('participation', filter)).filter((row) => row.metric === 'responses');
			expect(
				answers.map((period) => `${period.from} ${period.count} ${period.medianWait}`).reverse(),
			).toEqual(rows.map((row) => `${row.first_day} ${row.count} ${row.median_wait_days}`));
		}
	});

	it('say nothing by option of a vote that is open', async () => {
		const open = await database.db
			.selectFrom('consultation')
			.where('voting_ends_at', '>', testApp(database.db).clock())
			.select(['city_id', 'slug'])
			.execute();
		expect(open.length).toBeGreaterThan(0);
		const told = await download('votes', { cityId: null, from: null, to: null });
		for (const { city_id, slug } of open) {
			expect(told.filter((row) => row.city === city_id && row.consultation === slug)).toEqual([]);
			const ended = await listEndedVotes(
				database.db,
				release,
				{ cityId: city_id as CityId, from: null, to: null },
				'kk',
			);
			expect(ended.map((vote) => vote.slug)).not.toContain(slug);
		}
	});
});

describe('the turnout of a vote that is open', () => {
	it('is what the release tells, behind what has been cast', async () => {
		const open = await database.db
			.selectFrom('consultation')
			.where('voting_ends_at', '>', testApp(database.db).clock())
			.select(['city_id', 'id', 'slug'])
			.execute();
		const rows = await download('participation', { cityId: null, from: null, to: null });
		let behind = 0;
		for (const { city_id, id, slug } of open) {
			const told = await findPublishedBallots(database.db, city_id, id);
			const own = rows.filter((row) => row.city === city_id && row.consultation === slug);
			expect(told?.ballots ?? 0).toBe(sum(own, 'count'));
			if ((await countVoters(database.db, city_id, id)) > (told?.ballots ?? 0)) behind += 1;
		}
		expect(behind).toBeGreaterThan(0);
	});
});

describe('the days in the address of a page', () => {
	const read = (query: string) => readDays(new URLSearchParams(query));

	it('are read when they are days, and left out when they are empty', () => {
		expect(read('from=2026-11-01&to=').days).toEqual({ from: '2026-11-01', to: null });
		expect(read('utm_source=mail').faults).toEqual([]);
	});

	it('are told to be wrong, kept as they were typed, and leave nothing out', () => {
		expect(read('from=2026-11-31')).toEqual({
			asked: { from: '2026-11-31', to: '' },
			days: { from: null, to: null },
			faults: [{ parameter: 'from', code: 'day_invalid' }],
		});
		expect(read('from=2026-11-20&to=2026-11-01').faults).toEqual([
			{ parameter: 'to', code: 'days_reversed' },
		]);
		expect(read('from=2026-11-20&from=2026-11-21').faults).toEqual([
			{ parameter: 'from', code: 'parameter_repeated' },
		]);
	});
});
