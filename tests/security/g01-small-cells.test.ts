import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId, ConsultationId } from '#lib/domain/base/ids.ts';
import { parseCivilDate, type CivilDate } from '#lib/domain/base/time.ts';
import { findRelease, openExport } from '#lib/server/statistics/index.ts';
import { publishReleaseOf } from '#lib/server/statistics/publish-release.ts';
import type { ExportTable } from '#lib/domain/participation/words.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { Knowledge, narrow, type Bounds, type Equation } from '#tests/support/elimination.ts';
import { aCity, addBallots, addResidents, aVote, FISCAL_YEAR, shiftDay } from '#tests/support/history.ts';
import { readBytes } from '#tests/support/read-stream.ts';

/**
 * The attacker has every figure of every release, knows every rule, and in the vote also the number of all ballots from
 * the page of results. What they look for is any group of one to four: comments on a line, on all lines but one, on the
 * lines that are not told; new residents, ballots, answers; on a day, or on days that follow one another.
 */

const DAYS = 12;
const FIRST = parseCivilDate('2026-11-01');
const LINES = ['01', '04', '07', '08', '11'];
/** Nobody comments on it; the attacker does not know that. */
const SILENT = LINES.at(-1)!;
const CITIES = 14;
const SEED = Number(process.env.FC_SEED ?? Date.now() % 1_000_000);

const day = (index: number): CivilDate => shiftDay(FIRST, index);
const indexOf = (date: string): number => Math.round((Date.parse(date) - Date.parse(FIRST)) / 86_400_000);

type History = {
	/** comments[line][day] */
	readonly comments: readonly (readonly number[])[];
	readonly answered: boolean;
	readonly residents: readonly number[];
	readonly ballots: readonly number[];
	/** How many of the day's ballots choose line 07; the others choose 01. */
	readonly sevens: readonly number[];
};

const daily = (most: number) =>
	fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(most)), {
		minLength: DAYS,
		maxLength: DAYS,
	});
const histories: fc.Arbitrary<History> = fc.record({
	comments: fc
		.array(fc.oneof(daily(3), daily(7), daily(1)), {
			minLength: LINES.length - 1,
			maxLength: LINES.length - 1,
		})
		.map((lines) => [...lines, Array<number>(DAYS).fill(0)]),
	answered: fc.boolean(),
	residents: daily(4),
	ballots: fc.oneof(daily(2), daily(6)),
	sevens: daily(6),
});

let database: TestDatabase;
const cities: { id: CityId; vote: ConsultationId; history: History }[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
	const { owner } = database;
	for (const [index, history] of fc.sample(histories, { numRuns: CITIES, seed: SEED }).entries()) {
		const id = await aCity(owner, `city-${'abcdefghijklmnopqrstuvwxyz'[index]}`, {
			position: index,
			codes: LINES,
		});
		// One choice a ballot: then the votes of all options and the blank ones add up to the ballots.
		const vote = await aVote(owner, id, {
			opensOn: day(0),
			endsOn: day(DAYS - 3),
			countedOn: day(DAYS - 2),
			codes: LINES,
			maxOptions: 1,
		});
		await write(id, vote, history);
		cities.push({ id, vote, history });
	}
	for (let index = 1; index <= DAYS; index++) await publishReleaseOf(database, day(index));
}, 120_000);
afterAll(async () => {
	await database.close();
});

async function write(city: CityId, vote: ConsultationId, history: History): Promise<void> {
	const { owner } = database;
	const comments = history.comments.flatMap((counts, line) =>
		counts.map((count, index) => ({ code: LINES[line], on: day(index), count })),
	);
	await sql`
		insert into comment (city_id, id, fiscal_year, subject_kind, subject_code, language, body, created_at, answered_at)
		select ${city}, gen_random_uuid(), ${FISCAL_YEAR}, 'expenditure', code, 'kk', 'x',
			("on" + time '12:00') at time zone 'Asia/Almaty',
			case when ${history.answered} then ("on" + time '13:00') at time zone 'Asia/Almaty' end
		from jsonb_to_recordset(${JSON.stringify(comments)}::jsonb) as written (code text, "on" date, count int),
			generate_series(1, count)`.execute(owner);
	for (let index = 0; index < DAYS; index++) {
		if (history.residents[index]) await addResidents(owner, city, day(index), history.residents[index]!);
		const ballots = ballotsOn(history, index);
		const sevens = Math.min(ballots, history.sevens[index]!);
		if (sevens) await addBallots(owner, city, vote, day(index), sevens, ['07']);
		if (ballots > sevens) await addBallots(owner, city, vote, day(index), ballots - sevens, ['01']);
	}
}

function ballotsOn(history: History, index: number): number {
	return index <= DAYS - 3 ? history.ballots[index]! : 0;
}

async function download(table: ExportTable, releasedOn: CivilDate): Promise<Record<string, string>[]> {
	const release = await findRelease(database.db, releasedOn);
	const { bytes } = await openExport(testApp(database.db), {
		table,
		format: 'csv',
		release,
		filter: { cityId: null, from: null, to: null },
	});
	return parse(await readBytes(bytes), { bom: true, columns: true });
}

const lastRelease = () => day(DAYS);

/** Every run of days, from the shortest to all. */
function* runs(): Generator<number[]> {
	for (let from = 0; from < DAYS; from++)
		for (let to = from; to < DAYS; to++)
			yield Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

const daysOf = (row: Record<string, string>): number[] => {
	const [from, to] = [indexOf(row.first_day!), indexOf(row.last_day!)];
	return Array.from({ length: to - from + 1 }, (_, step) => from + step);
};

function told(unknowns: readonly number[], value: number): Equation {
	return { coefficients: new Map(unknowns.map((index) => [index, 1n])), value: BigInt(value) };
}

const isSmall = (value: number) => value >= 1 && value <= 4;
const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Fails when the equations fix the sum over a group that is really of one to four. */
function expectHidden(
	knowledge: Knowledge,
	group: readonly number[],
	truth: readonly number[],
	what: string,
) {
	const value = knowledge.valueOf(group);
	const real = add(group.map((index) => truth[index]!));
	if (value !== null) expect(value, `${what}, seed ${SEED}: the attack itself is right`).toBe(BigInt(real));
	expect(value !== null && isSmall(real), `${what} is given away: ${real}, seed ${SEED}`).toBe(false);
}

/** Fails when nothing but one value is possible for an unknown that is really between one and four. */
function expectUnbounded(bounds: Bounds, truth: readonly number[], what: string) {
	for (const [index, { least, most }] of bounds.entries()) {
		const real = truth[index]!;
		expect(least <= real && (most === null || real <= most), `${what} ${index}, seed ${SEED}`).toBe(true);
		expect(least === most && isSmall(real), `${what} ${index} is given away: ${real}, seed ${SEED}`).toBe(
			false,
		);
	}
}

/** What the rule itself tells: a period ended on the first day that brought it to five. */
function boundsByRule(periods: readonly { days: number[]; count: number }[], size: number): Bounds {
	const bounds: Bounds = Array.from({ length: size }, () => ({ least: 0, most: null }));
	for (const { days, count } of periods) {
		for (const index of days.slice(0, -1)) bounds[index] = { least: 0, most: 4 };
		bounds[days.at(-1)!] = { least: count - 4, most: count };
	}
	return bounds;
}

describe('G01 small cells found by subtraction', () => {
	it('a later release tells what an earlier one told, and more', async () => {
		for (const table of ['participation', 'comments', 'votes'] as const) {
			const later = new Set((await download(table, lastRelease())).map((row) => JSON.stringify(row)));
			for (let index = 1; index < DAYS; index++) {
				for (const row of await download(table, day(index))) expect(later).toContain(JSON.stringify(row));
			}
		}
	});

	for (const metric of ['residents', 'comments', 'responses'] as const) {
		it(`cannot be done for ${metric} by day`, async () => {
			const rows = await download('participation', lastRelease());
			let found = 0;
			for (const { id, history } of cities) {
				const truth =
					metric === 'residents'
						? history.residents
						: Array.from({ length: DAYS }, (_, index) =>
								metric === 'responses' && !history.answered
									? 0
									: add(history.comments.map((line) => line[index]!)),
							);
				const periods = rows
					.filter((row) => row.city === id && row.metric === metric)
					.map((row) => ({ days: daysOf(row), count: Number(row.count) }));
				found += periods.length;
				const knowledge = new Knowledge(periods.map(({ days, count }) => told(days, count)));
				for (const run of runs()) expectHidden(knowledge, run, truth, `${metric} of ${id} on days ${run}`);
				const bounds = boundsByRule(periods, DAYS);
				narrow(
					bounds,
					periods.map(({ days, count }) => ({ unknowns: days, value: count })),
				);
				expectUnbounded(bounds, truth, `${metric} of ${id} on day`);
			}
			expect(found).toBeGreaterThan(0);
		});
	}

	it('cannot be done for comments by line, by day, or both, with the comments of the city', async () => {
		const participation = await download('participation', lastRelease());
		const steps = await download('comments', lastRelease());
		const at = (line: number, index: number) => line * DAYS + index;
		const lines = LINES.map((_, line) => line);
		let found = 0;
		for (const { id, history } of cities) {
			const truth = history.comments.flat();
			const periods = participation
				.filter((row) => row.city === id && row.metric === 'comments')
				.map((row) => ({
					unknowns: daysOf(row).flatMap((index) => lines.map((line) => at(line, index))),
					value: Number(row.count),
				}));
			const ofLines = steps
				.filter((row) => row.city === id)
				.map((row) => ({
					unknowns: daysOf(row).map((index) => at(LINES.indexOf(row.code!), index)),
					value: Number(row.comments),
				}));
			found += ofLines.length;
			const sums = [...periods, ...ofLines];
			const knowledge = new Knowledge(sums.map(({ unknowns, value }) => told(unknowns, value)));
			const toldLines = new Set(
				steps.filter((row) => row.city === id).map((row) => LINES.indexOf(row.code!)),
			);
			const groups = [
				...lines.map((line) => [line]),
				...lines.map((line) => lines.filter((other) => other !== line)),
				lines.filter((line) => !toldLines.has(line)),
				[...toldLines],
				lines,
			];
			for (const run of runs()) {
				for (const group of groups) {
					const unknowns = run.flatMap((index) => group.map((line) => at(line, index)));
					expectHidden(knowledge, unknowns, truth, `${id}: lines ${group} on days ${run}`);
				}
			}
			const bounds: Bounds = truth.map(() => ({ least: 0, most: null }));
			narrow(bounds, sums);
			expectUnbounded(bounds, truth, `${id}: comment on line and day`);
		}
		expect(found).toBeGreaterThan(0);
	});

	it('cannot be done for ballots by day, not even with the number of all ballots', async () => {
		const rows = await download('participation', lastRelease());
		let found = 0;
		for (const { id, history } of cities) {
			const truth = Array.from({ length: DAYS }, (_, index) => ballotsOn(history, index));
			const periods = rows
				.filter((row) => row.city === id && row.metric === 'ballots')
				.map((row) => ({ days: daysOf(row), count: Number(row.count) }));
			found += periods.length;
			const all = add(truth);
			if (all >= 5) expect(add(periods.map(({ count }) => count))).toBe(all);
			else continue;
			const knowledge = new Knowledge([
				...periods.map(({ days, count }) => told(days, count)),
				told(
					truth.map((_, index) => index),
					all,
				),
			]);
			for (const run of runs()) {
				// After the end of voting there is nothing to hide.
				if (run.every((index) => index <= DAYS - 3))
					expectHidden(knowledge, run, truth, `ballots of ${id} on days ${run}`);
			}
		}
		expect(found).toBeGreaterThan(0);
	});

	it('cannot be done for votes by option, where all options and the ballots add up', async () => {
		const rows = await download('votes', lastRelease());
		let keptBack = 0;
		for (const { id, history } of cities) {
			const sevens = history.ballots.map((_, index) =>
				Math.min(ballotsOn(history, index), history.sevens[index]!),
			);
			const all = add(history.ballots.map((_, index) => ballotsOn(history, index)));
			const truth = LINES.map((code) =>
				code === '07' ? add(sevens) : code === '01' ? all - add(sevens) : 0,
			);
			const blank = LINES.length;
			const options = rows.filter((row) => row.city === id);
			expect(options).toHaveLength(LINES.length);
			const shown = options.filter((row) => row.suppressed === 'false');
			for (const row of options) {
				const real = truth[LINES.indexOf(row.code!)]!;
				expect(row.votes).toBe(real >= 5 ? String(real) : '');
				if (isSmall(real)) keptBack += 1;
			}
			const knowledge = new Knowledge([
				told([...LINES.keys(), blank], all),
				...shown.map((row) => told([LINES.indexOf(row.code!)], Number(row.votes))),
			]);
			for (const line of LINES.keys()) expectHidden(knowledge, [line], [...truth, 0], `votes of ${id}`);
		}
		expect(keptBack).toBeGreaterThan(0);
	});
});

describe('the attack', () => {
	it('finds what a careless table gives away, so that finding nothing means something', () => {
		// Three lines; the city's total and the lines with five or more are told.
		const careless = new Knowledge([told([0, 1, 2], 16), told([0], 9), told([1], 5)]);
		expect(careless.valueOf([2])).toBe(2n);
		// Two releases, two lines: the difference of one line's totals is one new comment.
		const two = new Knowledge([told([0, 1], 8), told([0], 7)]);
		expect(two.valueOf([1])).toBe(1n);
		// Three sums, none of them a difference of two others.
		const three = new Knowledge([told([0, 1], 6), told([1, 2], 8), told([0, 2], 8)]);
		expect(three.valueOf([0])).toBe(3n);
		expect(new Knowledge([told([0, 1], 6)]).valueOf([0])).toBeNull();
		expect(SILENT).toBe('11');
	});

	it('finds what bounds alone give away', () => {
		const bounds: Bounds = [
			{ least: 4, most: null },
			{ least: 0, most: null },
			{ least: 1, most: null },
		];
		narrow(bounds, [{ unknowns: [0, 1, 2], value: 5 }]);
		expect(bounds).toEqual([
			{ least: 4, most: 4 },
			{ least: 0, most: 0 },
			{ least: 1, most: 1 },
		]);
	});
});
