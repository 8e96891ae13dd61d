import { expect, test } from 'vitest';
import { breakName, formatTick } from './figures.ts';

test('writes the numbers of an axis in their unit', () => {
	expect(formatTick(4e11, 'tenge', 'kk')).toBe('400\u00a0млрд\u00a0₸');
	expect(formatTick(1500, 'count', 'ru')).toBe('1\u00a0500');
	expect(formatTick(250, 'share', 'kk')).toBe('25,0%');
});

test('leaves out halves of what can only be counted', () => {
	expect(formatTick(0.5, 'count', 'kk')).toBe('');
});

test('breaks a long name between words, and leaves a long word whole', () => {
	const upTo20 = (line: string) => line.length <= 20;
	const name = 'Отын-энергетика кешені және жер қойнауын пайдалану';
	expect(breakName(name, upTo20, 3)).toEqual(['Отын-энергетика', 'кешені және жер', 'қойнауын пайдалану']);
	expect(breakName('Ақпараттандырылғандықтарымыз', upTo20, 2)).toEqual(['Ақпараттандырылғандықтарымыз']);
	expect(breakName('Білім беру', upTo20, 2)).toEqual(['Білім беру']);
});

test('cuts what does not fit into the last line, and says so', () => {
	const name = 'Ауыл, су, орман, балық шаруашылығы, ерекше қорғалатын аумақтар';
	expect(breakName(name, (line) => line.length <= 18, 2)).toEqual(['Ауыл, су, орман,', 'балық…']);
});
