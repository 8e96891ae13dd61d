import { Malformed, type Warning } from './fault.ts';
import { parseNumeral, type Numeral } from './numeral.ts';

/** Pabulib's sorts of ballots. Of the first two, only who names what counts. */
const VOTE_TYPES = ['approval', 'choose-1', 'ordinal', 'cumulative', 'scoring'] as const;
export type VoteKind = (typeof VOTE_TYPES)[number];

const LIMITS = [
	'min_length',
	'max_length',
	'min_sum_cost',
	'max_sum_cost',
	'min_points',
	'max_points',
	'min_sum_points',
	'max_sum_points',
	'default_score',
] as const;
export type LimitName = (typeof LIMITS)[number];

/** Keys that say where, when and by whom: Pabulib's own list of them, and nothing for a count. */
const DESCRIPTIVE = new Set([
	'description',
	'country',
	'unit',
	'subunit',
	'district',
	'instance',
	'edition',
	'language',
	'currency',
	'date_begin',
	'date_end',
	'comment',
	'acknowledgments',
	'experimental',
]);
const COUNTED = new Set<string>(['budget', 'vote_type', 'num_projects', 'num_votes', ...LIMITS]);

/** What a count needs of META. */
export type Meta = {
	readonly budget: Numeral;
	readonly voteType: VoteKind;
	readonly limits: Readonly<Partial<Record<LimitName, Numeral>>>;
	/** As the file says; null where it does not, or in no numeral. */
	readonly projects: number | null;
	readonly ballots: number | null;
};

type Entry = { readonly value: string; readonly line: number };

/** Collects META row by row. */
export function openMeta(warn: (warning: Warning) => void) {
	const entries = new Map<string, Entry>();

	/** @throws Malformed when the key stands there already with another value. */
	function add(key: string, value: string, line: number): void {
		const known = entries.get(key);
		if (known === undefined) entries.set(key, { value, line });
		else if (known.value === value) warn({ line, text: `${key} stands twice` });
		else throw new Malformed(line, `${key} has another value in line ${known.line}`);
	}

	/** @throws Malformed at the first value that cannot be used; `line` is where META begins. */
	function close(line: number): Meta {
		for (const key of ['budget', 'vote_type']) {
			if (!entries.has(key)) throw new Malformed(line, `META has no ${key}`);
		}
		const meta = {
			budget: readBudget(entries.get('budget')!),
			voteType: readVoteType(entries.get('vote_type')!),
			limits: Object.fromEntries(LIMITS.flatMap((name) => readLimit(name, entries.get(name)))),
			projects: readCount(entries.get('num_projects')),
			ballots: readCount(entries.get('num_votes')),
		};
		const others = Array.from(entries.keys()).filter((key) => !COUNTED.has(key) && !DESCRIPTIVE.has(key));
		if (others.length > 0) {
			warn({ line: null, text: `not asked by the rules here, whatever the city did: ${others.join(', ')}` });
		}
		return meta;
	}

	return { add, close };
}

function readBudget({ value, line }: Entry): Numeral {
	const budget = parseNumeral(value);
	if (budget === null) throw new Malformed(line, `the budget is no numeral: ${value}`);
	if (budget.digits <= 0n) throw new Malformed(line, `the budget is not above 0: ${value}`);
	return budget;
}

function readVoteType({ value, line }: Entry): VoteKind {
	const voteType = VOTE_TYPES.find((name) => name === value);
	if (voteType === undefined) throw new Malformed(line, `unknown vote_type: ${value}`);
	return voteType;
}

/** An empty value is a limit that nobody set. */
function readLimit(name: LimitName, entry: Entry | undefined): [LimitName, Numeral][] {
	if (entry === undefined || entry.value === '') return [];
	const limit = parseNumeral(entry.value);
	if (limit === null) throw new Malformed(entry.line, `${name} is no numeral: ${entry.value}`);
	return [[name, limit]];
}

function readCount(entry: Entry | undefined): number | null {
	return entry !== undefined && /^\d+$/.test(entry.value) ? Number(entry.value) : null;
}
