/**
 * Names in the order of the Kazakh alphabet, which is also right for Russian ones: it keeps the order of the letters
 * that both have. Browsers know no Kazakh sorting, and Russian sorting puts ә, ғ, қ, ң, ө, ұ, ү, һ and і astray.
 */
const ALPHABET = ' -0123456789аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяabcdefghijklmnopqrstuvwxyz' as const;

const PLACES: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (letter, place) => [letter, place]));

/** Sorted by the name that `nameOf` gives; of equal names the order given is kept. */
export function sortNames<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
	return [...items].sort((first, second) => compareNames(nameOf(first), nameOf(second)));
}

/** Negative, zero or positive, as `Array.sort` wants it. Large and small letters count as the same. */
export function compareNames(first: string, second: string): number {
	const [left, right] = [letters(first), letters(second)];
	for (let index = 0; index < left.length && index < right.length; index++) {
		const difference = placeOf(left[index]!) - placeOf(right[index]!);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}

function letters(name: string): string[] {
	return Array.from(name.normalize('NFC').toLowerCase());
}

/** Signs outside the alphabet stand after it, by their code. */
function placeOf(letter: string): number {
	return PLACES.get(letter) ?? ALPHABET.length + letter.codePointAt(0)!;
}
