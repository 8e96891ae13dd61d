import { openBallotBox, type Contents } from '../ballot-box.ts';
import type { Mention } from '../election.ts';
import { Malformed } from './fault.ts';
import type { Meta, VoteKind } from './meta.ts';
import { inUnits, parseNumeral, type Numeral } from './numeral.ts';

/** Equal ballots as the file writes them. */
export type WrittenBallot = {
	count: number;
	/** Where it stands first. */
	readonly line: number;
	/** Places of the options it names, each once, in its order. */
	readonly named: readonly number[];
	readonly namesTwice: boolean;
	/** Points by mention, in the order of `mentioned`; null where the ballot has none. */
	readonly points: readonly Numeral[] | null;
	/** Places of the options, as often as they are named. */
	readonly mentioned: readonly number[];
};

/** Reads rows of VOTES; puts ballots that are written alike together at once, so that each is looked at once. */
export function openBallots(
	voteType: VoteKind,
	placeOf: ReadonlyMap<string, number>,
	columns: readonly string[],
) {
	const voterColumn = columns.indexOf('voter_id');
	const voteColumn = columns.indexOf('vote');
	const pointsColumn = usesPoints(voteType) ? columns.indexOf('points') : -1;
	const written = new Map<string, WrittenBallot>();
	const lineOfVoter = new Map<string, number>();

	/** @throws Malformed when the row is no ballot (docs/tally.md, 3). */
	function add(cells: readonly string[], line: number): void {
		const voter = cells[voterColumn]!;
		if (voter === '') throw new Malformed(line, 'a ballot without voter_id');
		const before = lineOfVoter.get(voter);
		if (before !== undefined) throw new Malformed(line, `voter_id ${voter} stands in line ${before} already`);
		lineOfVoter.set(voter, line);
		const vote = cells[voteColumn]!;
		const points = pointsColumn === -1 ? '' : cells[pointsColumn]!;
		const key = points === '' ? vote : `${vote};${points}`;
		const known = written.get(key);
		if (known) known.count += 1;
		else written.set(key, parse(vote, points, line));
	}

	function parse(vote: string, pointsText: string, line: number): WrittenBallot {
		const mentioned = toList(vote).map((id) => {
			const place = placeOf.get(id);
			if (place === undefined) throw new Malformed(line, `the ballot names an unknown option: ${id}`);
			return place;
		});
		const named = mentioned.filter((place, index) => mentioned.indexOf(place) === index);
		const namesTwice = named.length < mentioned.length;
		return {
			count: 1,
			line,
			named,
			namesTwice,
			points: readPoints(voteType, pointsText, mentioned.length, line),
			mentioned,
		};
	}

	return { add, written: (): Iterable<WrittenBallot> => written.values() };
}

export type Ballots = ReturnType<typeof openBallots>;

function usesPoints(voteType: VoteKind): boolean {
	return voteType !== 'approval' && voteType !== 'choose-1';
}

function toList(cell: string): string[] {
	return cell === ''
		? []
		: cell
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== '');
}

/** An ordinal ballot may leave its points to its order; the other sorts may not. */
function readPoints(voteType: VoteKind, text: string, mentions: number, line: number): Numeral[] | null {
	const parts = toList(text);
	if (!usesPoints(voteType) || (voteType === 'ordinal' && parts.length === 0)) return null;
	if (parts.length !== mentions) {
		throw new Malformed(line, `${parts.length} points for ${mentions} named options`);
	}
	return parts.map((part) => {
		const point = parseNumeral(part);
		if (point === null) throw new Malformed(line, `a point is no numeral: ${part}`);
		if (point.digits < 0n && voteType !== 'scoring') throw new Malformed(line, `a point below 0: ${part}`);
		return point;
	});
}

/** How many decimal places the points of a file need. */
export function placesOfPoints(ballots: Iterable<WrittenBallot>, defaultScore: Numeral | undefined): number {
	let places = defaultScore?.places ?? 0;
	for (const { points } of ballots) {
		for (const point of points ?? []) places = Math.max(places, point.places);
	}
	return places;
}

/**
 * Counts what each ballot is worth to its options (docs/tally.md, 1), in units of 10^-pointPlaces points.
 *
 * @throws RangeError when the points of one mention cannot be held exactly in a double.
 */
export function fillBallotBox(
	ballots: Iterable<WrittenBallot>,
	{ voteType, limits }: Meta,
	optionCount: number,
	pointPlaces: number,
): Contents {
	const box = openBallotBox(optionCount);
	const unnamed = voteType === 'scoring' ? toWorth(limits.default_score, pointPlaces) : 0;
	for (const ballot of ballots) {
		const mentions = toMentions(ballot, voteType, pointPlaces);
		if (unnamed !== 0) {
			const named = new Set(ballot.named);
			for (let option = 0; option < optionCount; option++) {
				if (!named.has(option)) mentions.push({ option, worth: unnamed });
			}
		}
		box.add(ballot.count, ballot.named, mentions);
	}
	return box.contents();
}

function toMentions(
	{ named, mentioned, points }: WrittenBallot,
	voteType: VoteKind,
	places: number,
): Mention[] {
	if (!usesPoints(voteType)) return named.map((option) => ({ option, worth: 1 }));
	if (points === null) {
		const point = 10 ** places;
		return named.map((option, rank) => ({ option, worth: (named.length - rank) * point }));
	}
	const worthOf = new Map<number, number>();
	for (const [index, option] of mentioned.entries()) {
		const worth = toWorth(points[index], places);
		const before = worthOf.get(option);
		if (before === undefined) worthOf.set(option, worth);
		// A second mention adds to points; in an order only the first one counts.
		else if (voteType !== 'ordinal') worthOf.set(option, before + worth);
	}
	return Array.from(worthOf, ([option, worth]) => ({ option, worth }));
}

function toWorth(point: Numeral | undefined, places: number): number {
	if (point === undefined) return 0;
	const worth = Number(inUnits(point, places));
	if (!Number.isSafeInteger(worth)) throw new RangeError('points above 2^53 cannot be counted');
	return worth;
}
