import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../base/time.ts';
import { chooseSteps } from './steps.ts';

const first = parseCivilDate('2026-11-01');
const second = parseCivilDate('2026-11-08');

function line(name: string, count: number, from = first) {
	return { name, count, from };
}
const city = (count: number, from = first) => ({ from, count });
const names = (steps: readonly { name: string }[]) => steps.map(({ name }) => name);

describe('choosing the lines to tell', () => {
	it('tells a line with five new comments when five or more are left for the others', () => {
		expect(names(chooseSteps([city(10)], [], [line('roads', 5)]))).toEqual(['roads']);
	});

	it('tells all lines when nothing is left', () => {
		expect(names(chooseSteps([city(12)], [], [line('roads', 7), line('parks', 5)]))).toEqual([
			'roads',
			'parks',
		]);
	});

	it('tells no line with fewer than five', () => {
		expect(chooseSteps([city(20)], [], [line('roads', 4)])).toEqual([]);
	});

	it('puts the only line off when one to four are left for the others', () => {
		expect(chooseSteps([city(8)], [], [line('roads', 5)])).toEqual([]);
	});

	it('puts off the smallest of several lines, as many as it takes', () => {
		const lines = [line('roads', 9), line('parks', 5), line('schools', 6)];
		expect(names(chooseSteps([city(22)], [], lines))).toEqual(['roads', 'schools']);
	});

	it('looks at the comments since the last time too, not only at all of them', () => {
		// Since the 8th nine comments came, six of them on roads: told now, roads would leave three for the others.
		const periods = [city(12), city(9, second)];
		const told = [line('roads', 5)];
		expect(chooseSteps(periods, told, [line('roads', 6, second)])).toEqual([]);
		// Parks were never told, so how their five are spread over the two weeks stays open.
		expect(names(chooseSteps(periods, told, [line('parks', 5)]))).toEqual(['parks']);
	});
});
