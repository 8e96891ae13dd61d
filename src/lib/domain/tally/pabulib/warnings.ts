import type { Election } from '../election.ts';
import type { WrittenBallot } from './ballots.ts';
import type { Warning } from './fault.ts';
import type { Meta } from './meta.ts';
import type { ReadOption } from './options.ts';
import { formatUnits, inUnits, parseNumeral, type Numeral } from './numeral.ts';

type Warn = (warning: Warning) => void;

/** What the file says it holds, and what stands in it. */
export function warnOfNumbers(
	{ projects, ballots }: Meta,
	{ options, ballots: counted }: Election,
	warn: Warn,
): void {
	if (projects !== null && projects !== options.length) {
		warn({ line: null, text: `num_projects says ${projects}, the file has ${options.length}` });
	}
	if (ballots !== null && ballots !== counted) {
		warn({ line: null, text: `num_votes says ${ballots}, the file has ${counted}` });
	}
}

/** What is odd about options: it bears on the outcome, or somebody will ask. */
export function warnOfOptions(
	{ options, budget, votes }: Election,
	read: readonly ReadOption[],
	warn: Warn,
): void {
	let sum = 0n;
	for (const [place, { id, cost }] of options.entries()) {
		sum += cost;
		const { line } = read[place]!;
		if (cost > budget) warn({ line, text: `${id} costs more than the budget` });
		if (votes[place] === 0) warn({ line, text: `nobody named ${id}` });
	}
	if (sum <= budget) warn({ line: null, text: 'all options together fit the budget' });
}

/** What the city published for an option, where the count says something else. */
export function warnOfPublished(
	{ options, votes, scores }: Election,
	read: readonly ReadOption[],
	pointPlaces: number,
	warn: Warn,
): void {
	for (const [place, { id }] of options.entries()) {
		const { line, publishedVotes, publishedScore } = read[place]!;
		const score = formatUnits(scores[place]!, pointPlaces);
		if (publishedVotes !== '' && !isSame(publishedVotes, String(votes[place]))) {
			warn({ line, text: `${id}: published votes ${publishedVotes}, counted ${votes[place]}` });
		}
		if (publishedScore !== '' && !isSame(publishedScore, score)) {
			warn({ line, text: `${id}: published score ${publishedScore}, counted ${score}` });
		}
	}
}

function isSame(text: string, counted: string): boolean {
	const [first, second] = [parseNumeral(text), parseNumeral(counted)];
	if (first === null || second === null) return false;
	const places = Math.max(first.places, second.places);
	return inUnits(first, places) === inUnits(second, places);
}

/** Ballots that break a rule, told once a rule with their number: the city counted them, and so does this. */
export function warnOfBallots(
	ballots: Iterable<WrittenBallot>,
	meta: Meta,
	costs: readonly bigint[],
	moneyPlaces: number,
	warn: Warn,
): void {
	const odd = new Map<string, { count: number; line: number }>();
	for (const ballot of ballots) {
		for (const rule of brokenRules(ballot, meta, costs, moneyPlaces)) {
			const known = odd.get(rule);
			if (known) known.count += ballot.count;
			else odd.set(rule, { count: ballot.count, line: ballot.line });
		}
	}
	for (const [rule, { count, line }] of odd) {
		warn({ line, text: `${count === 1 ? '1 ballot' : `${count} ballots, the first of them here,`} ${rule}` });
	}
}

function* brokenRules(
	{ named, namesTwice, points }: WrittenBallot,
	{ voteType, limits }: Meta,
	costs: readonly bigint[],
	moneyPlaces: number,
): Generator<string> {
	if (named.length === 0) {
		yield 'named no option';
		return;
	}
	if (namesTwice) yield 'named an option twice';
	const length = { digits: BigInt(named.length), places: 0 };
	const longest = voteType === 'choose-1' ? { digits: 1n, places: 0 } : limits.max_length;
	if (isBelow(length, limits.min_length)) yield 'named fewer options than min_length';
	if (isAbove(length, longest)) yield 'named more options than max_length';
	if (limits.min_sum_cost !== undefined || limits.max_sum_cost !== undefined) {
		const cost = { digits: named.reduce((sum, place) => sum + costs[place]!, 0n), places: moneyPlaces };
		if (isBelow(cost, limits.min_sum_cost)) yield 'cost less than min_sum_cost';
		if (isAbove(cost, limits.max_sum_cost)) yield 'cost more than max_sum_cost';
	}
	if (points === null || voteType === 'ordinal') return;
	if (points.some((point) => isBelow(point, limits.min_points))) yield 'gave an option less than min_points';
	if (points.some((point) => isAbove(point, limits.max_points))) yield 'gave an option more than max_points';
	if (voteType !== 'cumulative') return;
	if (points.some(({ digits, places }) => digits % 10n ** BigInt(places) !== 0n))
		yield 'gave parts of a point';
	const sum = points.reduce(add, { digits: 0n, places: 0 });
	if (isBelow(sum, limits.min_sum_points)) yield 'gave less than min_sum_points';
	if (isAbove(sum, limits.max_sum_points)) yield 'gave more than max_sum_points';
}

function add(first: Numeral, second: Numeral): Numeral {
	const places = Math.max(first.places, second.places);
	return { digits: inUnits(first, places) + inUnits(second, places), places };
}

function isBelow(value: Numeral, limit: Numeral | undefined): boolean {
	return limit !== undefined && add(value, { digits: -limit.digits, places: limit.places }).digits < 0n;
}

function isAbove(value: Numeral, limit: Numeral | undefined): boolean {
	return limit !== undefined && add(value, { digits: -limit.digits, places: limit.places }).digits > 0n;
}
