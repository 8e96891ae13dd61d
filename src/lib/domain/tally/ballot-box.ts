import type { Mention, SupportGroups } from './election.ts';

/** What a box of ballots amounts to. */
export type Contents = {
	readonly votes: readonly number[];
	readonly scores: readonly bigint[];
	readonly ballots: number;
	readonly blank: number;
	readonly support: SupportGroups;
};

/**
 * Takes ballots in, one by one or many equal ones at once, and puts equal ones together: a hundred thousand ballots are
 * often some hundred different ones, and a count looks at each difference once.
 */
export function openBallotBox(optionCount: number) {
	const votes = new Array<number>(optionCount).fill(0);
	const scores = new Array<bigint>(optionCount).fill(0n);
	const groupOf = new Map<string, number>();
	const counts = growing(Int32Array);
	const starts = growing(Int32Array);
	const options = growing(Int32Array);
	const worths = growing(Float64Array);
	let ballots = 0;
	let blank = 0;
	starts.push(0);

	/** `named` are the places of the options that the ballot names, once each; they count as votes even when worth nothing. */
	function add(count: number, named: readonly number[], mentions: readonly Mention[]): void {
		ballots += count;
		for (const option of named) votes[option]! += count;
		for (const { option, worth } of mentions) {
			if (worth !== 0) scores[option]! += BigInt(worth) * BigInt(count);
		}
		const supported = mentions.filter(({ worth }) => worth > 0).sort((a, b) => a.option - b.option);
		if (supported.length === 0) {
			blank += count;
			return;
		}
		const key = supported.map(({ option, worth }) => `${option}:${worth}`).join();
		const known = groupOf.get(key);
		if (known !== undefined) {
			counts.add(known, count);
			return;
		}
		groupOf.set(key, groupOf.size);
		counts.push(count);
		for (const { option, worth } of supported) {
			options.push(option);
			worths.push(worth);
		}
		starts.push(options.length());
	}

	return {
		add,
		contents: (): Contents => ({
			votes,
			scores,
			ballots,
			blank,
			support: {
				counts: counts.toArray(),
				starts: starts.toArray(),
				options: options.toArray(),
				worths: worths.toArray(),
			},
		}),
	};
}

type Numbers = Int32Array | Float64Array;

/** A typed array that grows by doubling. */
function growing<Type extends Numbers>(kind: new (length: number) => Type) {
	let items = new kind(1024);
	let size = 0;
	return {
		push(value: number): void {
			if (size === items.length) {
				const larger = new kind(items.length * 2);
				larger.set(items);
				items = larger;
			}
			items[size++] = value;
		},
		add(index: number, value: number): void {
			items[index]! += value;
		},
		length: () => size,
		toArray: () => items.slice(0, size) as Type,
	};
}
