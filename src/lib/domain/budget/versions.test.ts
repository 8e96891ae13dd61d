import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	bestYear,
	currentVersion,
	groupByYear,
	isLessReliable,
	versionKey,
	versionWithGroups,
} from './versions.ts';
import type { BudgetKind } from './words.ts';

const version = (kind: BudgetKind, sequence = 1, fiscalYear = 2024, hasGroups = false) => ({
	kind,
	sequence,
	fiscalYear,
	hasGroups,
});

describe('the current version of a year', () => {
	it('is the execution, else the amended budget, else the approved one', () => {
		const all = [version('approved'), version('draft', 9), version('amended', 2), version('executed')];
		expect(currentVersion(all)?.kind).toBe('executed');
		expect(currentVersion(all.slice(0, 3))?.kind).toBe('amended');
		expect(currentVersion(all.slice(0, 2))?.kind).toBe('approved');
	});

	it('is a draft only where there is nothing else, and then says so by its kind', () => {
		expect(currentVersion([version('draft', 1), version('draft', 2)])).toEqual(version('draft', 2));
	});

	it('is the latest of its kind', () => {
		expect(
			currentVersion([version('amended', 2), version('amended', 3), version('amended', 1)])?.sequence,
		).toBe(3);
		expect(currentVersion([])).toBeNull();
	});

	it('does not depend on the order in which versions are given', () => {
		const any = fc.record({
			kind: fc.constantFrom<BudgetKind>('draft', 'approved', 'amended', 'executed'),
			sequence: fc.integer({ min: 1, max: 5 }),
		});
		const many = fc.uniqueArray(any, {
			selector: ({ kind, sequence }) => `${kind} ${sequence}`,
			minLength: 1,
		});
		fc.assert(
			fc.property(many, (versions) => {
				expect(currentVersion(versions.toReversed())).toEqual(currentVersion(versions));
			}),
		);
	});
});

describe('the years of a city', () => {
	const years = groupByYear([
		version('approved', 1, 2024, true),
		version('amended', 1, 2026),
		version('executed', 1, 2024, true),
		version('approved', 1, 2026, true),
	]);

	it('come newest first, each with its versions', () => {
		expect(years.map((year) => [year.fiscalYear, year.current.kind, year.versions.length])).toEqual([
			[2026, 'amended', 2],
			[2024, 'executed', 2],
		]);
	});

	it('are best shown by the newest that tells where the money goes', () => {
		expect(bestYear(years)?.fiscalYear).toBe(2024);
		expect(bestYear(years.slice(0, 1))?.fiscalYear).toBe(2026);
		expect(bestYear([])).toBeNull();
	});

	it('have a version with groups even where the current one names only a total', () => {
		expect(versionWithGroups(years[0]!)).toEqual(version('approved', 1, 2026, true));
		expect(versionWithGroups(groupByYear([version('amended')])[0]!)).toBeNull();
	});
});

it('names a version in addresses by its kind and sequence', () => {
	expect(versionKey(version('executed', 2))).toBe('executed-2');
});

it('trusts a decision more than the portal, the portal more than the bulletin, a report least', () => {
	expect(isLessReliable('portal', 'decision')).toBe(true);
	expect(isLessReliable('bulletin', 'portal')).toBe(true);
	expect(isLessReliable('report', 'bulletin')).toBe(true);
	expect(isLessReliable('decision', 'decision')).toBe(false);
});
