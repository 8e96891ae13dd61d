import type { CityId } from '../base/ids.ts';
import type { LineKind, LineLevel } from './words.ts';

/**
 * Codes of the unified budget classification as source data write them. Spending: group `07`, subgroup `07.1`,
 * administrator `07.1.373`, programme `07.1.373.009`, subprogramme `07.1.373.009.015`; where the subgroup is unknown it
 * is left out (`07.373.009`). Where even the group is unknown only the administrator's part is written, with hyphens:
 * `458-012`. Revenue: the class, `1` to `4` in the forms read so far.
 */
export type LineCode = {
	readonly kind: LineKind;
	readonly code: string;
	readonly level: LineLevel;
	/** The next code upwards, whether or not a budget has a line for it; null at the top and where the group is unknown. */
	readonly parentCode: string | null;
	/** The same code in addresses, unique within a city and year: `07-1-373`, `458-012`, `income-1`. */
	readonly alias: string;
	/** Where the classification has its name: administrators and programmes are listed there without their group. */
	readonly classificationCode: string;
};

const PLACED = /^(?<group>\d{2})(?<subgroup>\.\d)?(?<rest>(?:\.\d{3}){0,3})$/;
const UNPLACED = /^\d{3}(?:-\d{3}){0,2}$/;
const REVENUE_CLASS = /^[1-9]\d?$/;

const LEVELS_BELOW_SUBGROUP = ['administrator', 'programme', 'subprogramme'] as const;

/** Reads a code as source data write it; null when it is none. */
export function parseLineCode(kind: LineKind, code: string): LineCode | null {
	return kind === 'revenue' ? parseRevenueCode(code) : (parsePlacedCode(code) ?? parseUnplacedCode(code));
}

function parseRevenueCode(code: string): LineCode | null {
	if (!REVENUE_CLASS.test(code)) return null;
	return {
		kind: 'revenue',
		code,
		level: 'class',
		parentCode: null,
		alias: `income-${code}`,
		classificationCode: code,
	};
}

function parsePlacedCode(code: string): LineCode | null {
	const match = PLACED.exec(code);
	if (!match) return null;
	const { group = '', subgroup = '', rest = '' } = match.groups ?? {};
	const parts = rest.split('.').slice(1);
	const level = LEVELS_BELOW_SUBGROUP[parts.length - 1] ?? (subgroup ? 'subgroup' : 'group');
	return {
		kind: 'expenditure',
		code,
		level,
		parentCode: level === 'group' ? null : code.slice(0, code.lastIndexOf('.')),
		alias: code.replaceAll('.', '-'),
		classificationCode: classificationCode(parts) ?? group + subgroup,
	};
}

function parseUnplacedCode(code: string): LineCode | null {
	if (!UNPLACED.test(code)) return null;
	const parts = code.split('-');
	return {
		kind: 'expenditure',
		code,
		level: LEVELS_BELOW_SUBGROUP[parts.length - 1] ?? 'subprogramme',
		parentCode: null,
		alias: code,
		classificationCode: classificationCode(parts) ?? code,
	};
}

/** An administrator is named by itself, a programme with its administrator, a subprogramme again by itself. */
function classificationCode(parts: readonly string[]): string | null {
	const [administrator, programme, subprogramme] = parts;
	if (!administrator) return null;
	if (!programme) return administrator;
	return subprogramme ?? `${administrator}-${programme}`;
}

/** True for a line of spending whose functional group is not known: it stands apart and is never summed. */
export function isUnplaced(line: { kind: LineKind; level: LineLevel; parentCode: string | null }): boolean {
	return line.kind === 'expenditure' && line.level !== 'group' && line.parentCode === null;
}

/**
 * The functional groups in which a local budget spends. Group 16, repayment of loans, is financing and no spending.
 * Source: order of the Minister of Finance of 18 September 2014 № 403.
 */
export const FUNCTIONAL_GROUPS = [
	'01',
	'02',
	'03',
	'04',
	'05',
	'06',
	'07',
	'08',
	'09',
	'10',
	'11',
	'12',
	'13',
	'14',
	'15',
] as const;

/** What residents discuss and vote on: a line of a city and year, whether or not any budget names an amount for it. */
export type Subject = LineCode & { readonly cityId: CityId; readonly fiscalYear: number };

/** @throws RangeError when the code is none; callers have parsed it before. */
export function toSubject(cityId: CityId, fiscalYear: number, kind: LineKind, code: string): Subject {
	const parsed = parseLineCode(kind, code);
	if (!parsed) throw new RangeError(`not a ${kind} code: ${code}`);
	return { ...parsed, cityId, fiscalYear };
}

/**
 * The years whose functional groups can be discussed: every year of which anything is known, and from two years back to
 * the next one, so that a consultation on next year can begin before its budget does.
 */
export function discussableYears(yearsKnown: Iterable<number>, currentYear: number): readonly number[] {
	const years = new Set(yearsKnown);
	for (let year = currentYear - 2; year <= currentYear + 1; year++) years.add(year);
	return [...years].sort((first, second) => first - second);
}
