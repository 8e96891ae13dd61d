import { parseLineCode } from '#lib/domain/budget/code.ts';
import { findSumFaults, type SumFault } from '#lib/domain/budget/sums.ts';
import { isLessReliable } from '#lib/domain/budget/versions.ts';
import { namesOf, SEED_FILES, type Numbered, type Seed, type SeedFileName } from './row-shapes.ts';

/** What is wrong with which line of which file. For the people who keep the files, so in English. */
export type SeedFault = { readonly file: SeedFileName; readonly row: number; readonly reason: string };

/** What rows that are right by themselves say against each other: keys, references, sequences and sums. */
export function* findFaultsBetweenRows(rows: Seed): Generator<SeedFault> {
	yield* keyFaults(rows);
	yield* referenceFaults(rows);
	yield* sequenceFaults(rows);
	yield* sumFaults(rows);
}

/** What must be unique in each file, as the database's keys say it. */
const KEYS: { readonly [Name in SeedFileName]: (row: Seed[Name][number]) => string } = {
	'cities.csv': (row) => row.id,
	'districts.csv': (row) => `${row.city} ${row.id}`,
	'population.csv': (row) => `${row.city} ${row.counted_on} ${row.scope}`,
	'classification.csv': (row) => `${row.kind} ${row.code}`,
	'budgets.csv': (row) => row.key,
	'totals.csv': (row) => `${row.budget} ${row.item}`,
	'lines.csv': (row) => `${row.budget} ${row.kind} ${row.code}`,
	'notes.csv': (row) => `${row.source_key} ${row.position}`,
};

function* keyFaults(rows: Seed): Generator<SeedFault> {
	for (const file of SEED_FILES) {
		const keyOf = KEYS[file] as (row: Numbered<unknown>) => string;
		const seen = new Set<string>();
		for (const row of rows[file]) {
			const key = keyOf(row);
			if (seen.has(key)) yield { file, row: row.row, reason: `${key} stands here twice` };
			seen.add(key);
		}
	}
}

function* referenceFaults(rows: Seed): Generator<SeedFault> {
	const cities = new Set<string>(rows['cities.csv'].map((row) => row.id));
	for (const file of ['districts.csv', 'population.csv', 'budgets.csv', 'notes.csv'] as const) {
		for (const row of rows[file]) {
			if (!cities.has(row.city)) yield { file, row: row.row, reason: `there is no city ${row.city}` };
		}
	}
	const budgets = new Set(rows['budgets.csv'].map((row) => row.key));
	for (const file of ['totals.csv', 'lines.csv'] as const) {
		for (const row of rows[file]) {
			if (!budgets.has(row.budget)) yield { file, row: row.row, reason: `there is no budget ${row.budget}` };
		}
	}
	const named = new Set(rows['classification.csv'].map((row) => `${row.kind} ${row.code}`));
	for (const row of rows['classification.csv']) {
		if (Object.keys(namesOf(row)).length > 0) continue;
		yield { file: 'classification.csv', row: row.row, reason: `${row.code} has no name in any language` };
	}
	for (const row of rows['lines.csv']) {
		const code = parseLineCode(row.kind, row.code);
		const fault = { file: 'lines.csv', row: row.row } as const;
		if (!code) yield { ...fault, reason: `${row.code} is no code of the classification` };
		else if (!named.has(`${row.kind} ${code.classificationCode}`)) {
			yield { ...fault, reason: `the classification has no name for ${code.classificationCode}` };
		}
	}
}

/** Versions of one kind are counted from 1 without gaps, the more reliable source last, so that it is the current one. */
function* sequenceFaults(rows: Seed): Generator<SeedFault> {
	const groups = Map.groupBy(rows['budgets.csv'], (row) => `${row.city} ${row.fiscal_year} ${row.kind}`);
	for (const [key, versions] of groups) {
		const sorted = versions.toSorted((first, second) => first.sequence - second.sequence);
		for (const [index, version] of sorted.entries()) {
			const fault = { file: 'budgets.csv', row: version.row } as const;
			const before = sorted[index - 1];
			if (version.sequence !== index + 1) {
				yield { ...fault, reason: `${key} has sequence ${version.sequence} where ${index + 1} is next` };
			} else if (before && isLessReliable(version.grade, before.grade)) {
				yield { ...fault, reason: `a ${version.grade} may not come after a ${before.grade} (${before.key})` };
			}
		}
	}
}

function* sumFaults(rows: Seed): Generator<SeedFault> {
	const totals = Map.groupBy(rows['totals.csv'], (row) => row.budget);
	const lines = Map.groupBy(rows['lines.csv'], (row) => row.budget);
	for (const budget of rows['budgets.csv']) {
		const totalRows = totals.get(budget.key) ?? [];
		const lineRows = lines.get(budget.key) ?? [];
		if (totalRows.length + lineRows.length === 0) {
			yield { file: 'budgets.csv', row: budget.row, reason: `${budget.key} has neither a total nor a line` };
		}
		const faults = findSumFaults({
			kind: budget.kind,
			grade: budget.grade,
			totals: Object.fromEntries(totalRows.map((row) => [row.item, row.amount])),
			lines: lineRows.flatMap((row) => {
				const code = parseLineCode(row.kind, row.code);
				return code ? [{ ...code, amount: row.amount }] : [];
			}),
		});
		for (const fault of faults) {
			const total = totalRows.find((row) => row.item === fault.about);
			const line = lineRows.find((row) => row.code === fault.about);
			yield {
				file: total ? 'totals.csv' : 'lines.csv',
				row: (total ?? line ?? budget).row,
				reason: `${budget.key}, ${sentenceOf(fault)}`,
			};
		}
	}
}

function sentenceOf({ rule, about, stated, summed }: SumFault): string {
	if (rule === 'parent_is_missing') return `${about}: the line above it is not there`;
	return `${about}: ${rule.replaceAll('_', ' ')}, but ${stated} is stated and the parts make ${summed}`;
}
