import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNames, sortNames } from './names.ts';

const LETTERS = Array.from('аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяАӘҚІЯ -09azQ');

test('sorts the letters of the alphabet as Node’s Kazakh collator does', () => {
	const collator = new Intl.Collator('kk', { sensitivity: 'base' });
	// ё differs from е there by its dots only, which count after everything else.
	const letters = LETTERS.filter((letter) => letter !== 'ё');
	const word = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
	fc.assert(
		fc.property(word, word, (first, second) => {
			expect(Math.sign(compareNames(first, second))).toBe(Math.sign(collator.compare(first, second)));
		}),
	);
});

test('sorts the twelve cities', () => {
	const cities = ['Шымкент', 'Қарағанды', 'Талдықорған', 'Семей', 'Өскемен', 'Орал', 'Петропавл', 'Ақтөбе'];
	expect(sortNames(cities, (name) => name)).toEqual([
		'Ақтөбе',
		'Қарағанды',
		'Орал',
		'Өскемен',
		'Петропавл',
		'Семей',
		'Талдықорған',
		'Шымкент',
	]);
});

test('keeps the given order of equal names and does not touch the given list', () => {
	const given = [
		{ name: 'Орал', id: 1 },
		{ name: 'АСТАНА', id: 2 },
		{ name: 'астана', id: 3 },
	];
	expect(sortNames(given, (item) => item.name).map((item) => item.id)).toEqual([2, 3, 1]);
	expect(given[0]?.id).toBe(1);
});
