import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityId } from '../base/ids.ts';
import { discussableYears, FUNCTIONAL_GROUPS, isUnplaced, parseLineCode, toSubject } from './code.ts';

describe('a code of spending', () => {
	it.each([
		['07', 'group', null, '07', '07'],
		['07.1', 'subgroup', '07', '07-1', '07.1'],
		['07.1.373', 'administrator', '07.1', '07-1-373', '373'],
		['07.1.373.009', 'programme', '07.1.373', '07-1-373-009', '373-009'],
		['07.1.373.009.015', 'subprogramme', '07.1.373.009', '07-1-373-009-015', '015'],
	])('%s is a %s below %s', (code, level, parentCode, alias, classificationCode) => {
		expect(parseLineCode('expenditure', code)).toEqual({
			kind: 'expenditure',
			code,
			level,
			parentCode,
			alias,
			classificationCode,
		});
	});

	it('may leave out a subgroup that is not known', () => {
		expect(parseLineCode('expenditure', '04.464.009')).toMatchObject({
			level: 'programme',
			parentCode: '04.464',
			alias: '04-464-009',
			classificationCode: '464-009',
		});
	});

	it('may be the administrator’s part alone, and then has no place in the tree', () => {
		const line = parseLineCode('expenditure', '458-012')!;
		expect(line).toMatchObject({ level: 'programme', parentCode: null, alias: '458-012' });
		expect(isUnplaced(line)).toBe(true);
		expect(isUnplaced(parseLineCode('expenditure', '07')!)).toBe(false);
		expect(isUnplaced(parseLineCode('revenue', '1')!)).toBe(false);
	});

	it.each([
		'',
		'7',
		'7.1',
		'07.',
		'07.12',
		'07.1.37',
		'07-1',
		'07.1.373.009.015.001',
		'0７',
		' 07',
		'458.012',
		'income-1',
	])('refuses %j', (code) => {
		expect(parseLineCode('expenditure', code)).toBeNull();
	});
});

describe('a code of revenue', () => {
	it('is a class', () => {
		expect(parseLineCode('revenue', '4')).toEqual({
			kind: 'revenue',
			code: '4',
			level: 'class',
			parentCode: null,
			alias: 'income-4',
			classificationCode: '4',
		});
	});

	it.each(['', '0', '01', '1.01', '100'])('refuses %j', (code) => {
		expect(parseLineCode('revenue', code)).toBeNull();
	});
});

const digits = (length: number) =>
	fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const placedCode = fc
	.tuple(digits(2), fc.option(digits(1), { nil: null }), fc.array(digits(3), { maxLength: 3 }))
	.map(([group, subgroup, rest]) => [group, ...(subgroup === null ? [] : [subgroup]), ...rest].join('.'));
const unplacedCode = fc.array(digits(3), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));
const revenueCode = fc.integer({ min: 1, max: 99 }).map(String);

describe('aliases', () => {
	const anyCode = fc.oneof(
		placedCode.map((code) => ({ kind: 'expenditure' as const, code })),
		unplacedCode.map((code) => ({ kind: 'expenditure' as const, code })),
		revenueCode.map((code) => ({ kind: 'revenue' as const, code })),
	);

	it('are different for different codes', () => {
		fc.assert(
			fc.property(anyCode, anyCode, (first, second) => {
				const same = first.kind === second.kind && first.code === second.code;
				const aliases = [first, second].map(({ kind, code }) => parseLineCode(kind, code)!.alias);
				expect(aliases[0] === aliases[1]).toBe(same);
			}),
		);
	});

	it('are fit for an address', () => {
		fc.assert(
			fc.property(anyCode, ({ kind, code }) => {
				expect(parseLineCode(kind, code)!.alias).toMatch(
					/^(income-\d{1,6}|\d{2}(-\d{1,3}){0,4}|\d{3}(-\d{3}){0,2})$/,
				);
			}),
		);
	});

	it('lead upwards to a group in at most four steps', () => {
		fc.assert(
			fc.property(placedCode, (code) => {
				let line = parseLineCode('expenditure', code)!;
				for (let step = 0; line.parentCode !== null; step++) {
					expect(step).toBeLessThan(4);
					line = parseLineCode('expenditure', line.parentCode)!;
				}
				expect(line).toMatchObject({ level: 'group', code: code.slice(0, 2) });
			}),
		);
	});
});

describe('subjects', () => {
	it('carry the city and the year beside the code', () => {
		expect(toSubject('taraz' as CityId, 2027, 'expenditure', '07')).toMatchObject({
			cityId: 'taraz',
			fiscalYear: 2027,
			alias: '07',
		});
		expect(() => toSubject('taraz' as CityId, 2027, 'expenditure', '7')).toThrow(RangeError);
	});

	it('are the fifteen groups of spending, repayment of loans not among them', () => {
		expect(FUNCTIONAL_GROUPS).toHaveLength(15);
		expect(FUNCTIONAL_GROUPS).not.toContain('16');
	});

	it('exist from two years back to the next one, and for each year of which anything is known', () => {
		expect(discussableYears([], 2026)).toEqual([2024, 2025, 2026, 2027]);
		expect(discussableYears([2009, 2025, 2009], 2026)).toEqual([2009, 2024, 2025, 2026, 2027]);
	});
});
