import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Election } from '../election.ts';
import { fillBallotBox, openBallots, placesOfPoints, type Ballots } from './ballots.ts';
import { decodeFile } from './decode.ts';
import { Malformed, type MalformedFile, type Warning } from './fault.ts';
import { openMeta, type Meta, type VoteKind } from './meta.ts';
import { inUnits } from './numeral.ts';
import { openOptions, type ReadOption } from './options.ts';
import { readSections } from './sections.ts';
import { warnOfBallots, warnOfNumbers, warnOfOptions, warnOfPublished } from './warnings.ts';

/** A file that can be counted, and what was odd about it. */
export type ReadElection = {
	readonly election: Election;
	readonly voteType: VoteKind;
	/** Decimal places of the smallest units of money and of points. */
	readonly moneyPlaces: number;
	readonly pointPlaces: number;
	readonly warnings: readonly Warning[];
};

/** Reads a `.pb` file for counting (docs/tally.md, 3); refuses it with the first fault. `progress` goes from 0 to 1. */
export function readElection(
	bytes: Uint8Array,
	progress?: (part: number) => void,
): Result<ReadElection, MalformedFile> {
	try {
		return ok(read(decodeFile(bytes), progress));
	} catch (error) {
		if (error instanceof Malformed) return refused({ code: 'malformed', ...error.fault });
		throw error;
	}
}

function read(text: string, progress: ((part: number) => void) | undefined): ReadElection {
	const warnings: Warning[] = [];
	const warn = (warning: Warning): void => void warnings.push(warning);
	const metaRows = openMeta(warn);
	const options = openOptions();
	let meta: Meta | null = null;
	let ballots: Ballots | null = null;
	readSections(text, {
		meta: metaRows.add,
		metaEnds: (line) => (meta = metaRows.close(line)),
		projectColumns: options.open,
		project: options.add,
		projectsEnd: options.close,
		voteColumns: (columns) => (ballots = openBallots(meta!.voteType, options.placeOf, columns)),
		vote: (cells, line) => ballots!.add(cells, line),
		warn,
		progress,
	});
	return finish(meta!, options.all(), ballots!, warnings);
}

/** All sections are read: money and points become whole numbers of the smallest units that the file needs. */
function finish(
	meta: Meta,
	options: readonly ReadOption[],
	ballots: Ballots,
	warnings: Warning[],
): ReadElection {
	const warn = (warning: Warning): void => void warnings.push(warning);
	const moneyPlaces = Math.max(meta.budget.places, ...options.map(({ cost }) => cost.places));
	const pointPlaces = placesOfPoints(ballots.written(), meta.limits.default_score);
	const costs = options.map(({ cost }) => inUnits(cost, moneyPlaces));
	const election: Election = {
		options: options.map(({ id }, place) => ({ id, cost: costs[place]! })),
		budget: inUnits(meta.budget, moneyPlaces),
		moneyUnit: 10n ** BigInt(moneyPlaces),
		pointUnit: 10n ** BigInt(pointPlaces),
		isApproval: meta.voteType === 'approval' || meta.voteType === 'choose-1',
		...fillBallotBox(ballots.written(), meta, options.length, pointPlaces),
	};
	warnOfNumbers(meta, election, warn);
	warnOfOptions(election, options, warn);
	warnOfPublished(election, options, pointPlaces, warn);
	warnOfBallots(ballots.written(), meta, costs, moneyPlaces, warn);
	return { election, voteType: meta.voteType, moneyPlaces, pointPlaces, warnings };
}
