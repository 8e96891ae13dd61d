/** Chance from a seed: the same seed gives the same course, on every machine. Never for secrets. */
export type Draw = {
	/** From 0 up to, not including, 1. */
	fraction(): number;
	/** A whole number between both ends, ends included. */
	whole(from: number, to: number): number;
	/** True in this share of cases. */
	chance(share: number): boolean;
	/** @throws RangeError when there is nothing to choose from. */
	one<T>(list: readonly T[]): T;
	/** One of the list, in proportion to its weight. @throws RangeError when there is nothing to choose from. */
	weighted<T>(list: readonly T[], weightOf: (item: T) => number): T;
	shuffled<T>(list: readonly T[]): T[];
};

/** Mulberry32: 32 bits of state are plenty for a few thousand invented facts. Different topics get independent courses. */
export function seededDraw(seed: number, topic: string): Draw {
	let state = seed ^ hash(topic);
	const fraction = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const whole = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
	const weighted = <T>(list: readonly T[], weightOf: (item: T) => number): T => {
		if (list.length === 0) throw new RangeError('nothing to choose from');
		let left = fraction() * list.reduce((sum, item) => sum + weightOf(item), 0);
		return list.find((item) => (left -= weightOf(item)) < 0) ?? list.at(-1)!;
	};
	return {
		fraction,
		whole,
		weighted,
		chance: (share) => fraction() < share,
		one: (list) => weighted(list, () => 1),
		shuffled: <T>(list: readonly T[]): T[] => {
			const rest = [...list];
			return list.map(() => rest.splice(whole(0, rest.length - 1), 1)[0]!);
		},
	};
}

/** FNV-1a. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
	return value;
}
