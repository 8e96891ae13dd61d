import words from './guessable-words.json' with { type: 'json' };

/**
 * A password that is made of nothing but a few things which everybody's list of guesses holds: words and names of the
 * list beside this file, years, dates, numbers of phones and persons, letters and digits in a row, walks over the
 * keyboard in Latin, Russian and Kazakh, one sign or one piece over and over. Also with letters written as digits, and
 * with the keyboard in the wrong language. Where the list comes from: docs/decisions/0017-guessable-passwords.md.
 */
export function isGuessable(password: string, context: readonly string[] = []): boolean {
	const own = new Set(context.flatMap(toWords));
	const written = password.normalize('NFKC').toLowerCase();
	if (repeatsAPiece(written)) return true;
	return formsOf(written).some((form) => countPieces(form, own) <= PIECES_MAX);
}

/** So many guessable pieces, or single signs beside them, are no protection, however long they are. */
const PIECES_MAX = 4;
/** A piece as long as a whole password may come twice. */
const PIECE_LENGTH_ENOUGH = 12;

const WORD_MIN = 3;
const toWords = (text: string): string[] =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.split(/[^\p{Letter}\p{Number}]+/u)
		.filter((word) => word.length >= WORD_MIN);

const WORDS = new Set(Object.values(words).flat().flatMap(toWords));
const WORD_MAX = 24;

function repeatsAPiece(text: string): boolean {
	for (let piece = 1; piece < PIECE_LENGTH_ENOUGH && piece * 2 <= text.length; piece++) {
		if (text.slice(piece) === text.slice(0, -piece)) return true;
	}
	return false;
}

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const LOOK_ALIKE: Readonly<Record<string, string>> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'@': 'a',
	$: 's',
};
/** Digits only between letters: those at the end are a number. */
const LOOKS_ALIKE = /[@$]|(?<=[\p{Letter}@$])[01345](?=[\p{Letter}@$])/gu;

/** Signs that people put between and behind. */
const BETWEEN = /[\s\p{Punctuation}$+<=>^`|~]/gu;

/** As it stands, with digits read as letters, and as it comes out with the keyboard in the other language. */
function formsOf(text: string): string[] {
	const typedOn = (from: string, to: string) =>
		Array.from(text, (sign) => (from.includes(sign) ? to[from.indexOf(sign)]! : sign)).join('');
	const asLetters = text.replace(LOOKS_ALIKE, (sign) => LOOK_ALIKE[sign]!);
	return [text, asLetters, typedOn(LATIN, CYRILLIC), typedOn(CYRILLIC, LATIN)].map((form) =>
		form.replace(BETWEEN, ''),
	);
}

/** The fewest pieces that the text can be cut into; a sign that belongs to none is a piece of its own. */
function countPieces(text: string, own: ReadonlySet<string>): number {
	const fewest: number[] = [0];
	for (let end = 1; end <= text.length; end++) fewest[end] = Number.POSITIVE_INFINITY;
	for (let start = 0; start < text.length; start++) {
		const sofar = fewest[start]! + 1;
		for (const length of lengthsAt(text, start, own)) {
			fewest[start + length] = Math.min(fewest[start + length]!, sofar);
		}
	}
	return fewest[text.length]!;
}

function* lengthsAt(text: string, start: number, own: ReadonlySet<string>): Generator<number> {
	yield 1;
	yield* runLengths(text, start, 2, (a, b) => a === b);
	for (const step of [1, -1])
		yield* runLengths(text, start, WORD_MIN, (a, b) => codeOf(b) - codeOf(a) === step);
	yield* runLengths(text, start, WORD_MIN, areNeighbours);
	for (let length = WORD_MIN; length <= WORD_MAX && start + length <= text.length; length++) {
		const piece = text.slice(start, start + length);
		if (WORDS.has(piece) || own.has(piece)) yield length;
	}
	const number = NUMBER.exec(text.slice(start, start + NUMBER_MAX));
	if (number !== null)
		yield* [4, 6, 8, 11, 12].filter((length) => isNumber(number[0].slice(0, length), length));
}

function* runLengths(
	text: string,
	start: number,
	least: number,
	goesOn: (a: string, b: string) => boolean,
): Generator<number> {
	let length = 1;
	while (start + length < text.length && goesOn(text[start + length - 1]!, text[start + length]!)) {
		length += 1;
		if (length >= least) yield length;
	}
}

const codeOf = (sign: string): number => sign.codePointAt(0)!;

const NUMBER = /^\d+/;
const NUMBER_MAX = 12;
/** A year, a date in either order, a phone number of the country, an individual number. */
const NUMBERS: Readonly<Record<number, RegExp>> = {
	4: /^(19|20)\d\d$/,
	6: /^(\d\d(0\d|1[0-2])[0-3]\d|[0-3]\d(0\d|1[0-2])\d\d)$/,
	8: /^([0-3]\d(0\d|1[0-2])(19|20)\d\d|(19|20)\d\d(0\d|1[0-2])[0-3]\d)$/,
	11: /^[78]7\d{9}$/,
	12: /^\d\d(0\d|1[0-2])[0-3]\d{7}$/,
};
const isNumber = (digits: string, length: number): boolean =>
	digits.length === length && NUMBERS[length]!.test(digits);

/** Keys by their place; Kazakh has letters where the others have digits. */
const KEYBOARDS = [
	['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
	['1234567890', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
	['әіңғүұқөһ', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
];

const NEIGHBOURS: ReadonlySet<string> = new Set(
	KEYBOARDS.flatMap((rows) => {
		const keys = rows.flatMap((row, y) => Array.from(row, (sign, x) => ({ sign, x, y })));
		return keys.flatMap((a) =>
			keys.filter((b) => Math.abs(a.x - b.x) <= 1 && Math.abs(a.y - b.y) <= 1).map((b) => a.sign + b.sign),
		);
	}),
);

function areNeighbours(a: string, b: string): boolean {
	return NEIGHBOURS.has(a + b);
}
