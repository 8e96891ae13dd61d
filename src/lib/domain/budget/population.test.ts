import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../base/time.ts';
import { populationFor, type PopulationScope } from './population.ts';

const counted = (day: string, people: number, scope: PopulationScope = 'city') => ({
	countedOn: parseCivilDate(day),
	scope,
	people,
	roundedTo: 1,
	sourceUrl: 'https://example.kz/',
});

describe('the population of a budget year', () => {
	const taraz = [
		counted('2026-02-01', 488_133),
		counted('2023-01-01', 427_356),
		counted('2023-12-31', 431_192),
	];

	it('is the count nearest to its first day', () => {
		expect(populationFor(taraz, 2024)?.countedOn).toBe('2023-12-31');
		expect(populationFor(taraz, 2023)?.countedOn).toBe('2023-01-01');
		expect(populationFor(taraz, 2027)?.countedOn).toBe('2026-02-01');
	});

	it('is of the city alone, never with the villages', () => {
		const oral = [counted('2023-12-31', 361_400, 'city_administration'), counted('2023-01-01', 253_773)];
		expect(populationFor(oral, 2024)?.people).toBe(253_773);
		expect(populationFor(oral.slice(0, 1), 2024)).toBeNull();
	});

	it('is not taken from more than three years away', () => {
		expect(populationFor(taraz, 2020)?.countedOn).toBe('2023-01-01');
		expect(populationFor(taraz, 2019)).toBeNull();
		expect(populationFor(taraz, 2009)).toBeNull();
	});

	it('is the older of two counts that are equally near', () => {
		const both = [counted('2025-01-02', 2), counted('2024-12-31', 1)];
		expect(populationFor(both, 2025)?.people).toBe(1);
	});

	it('counts 29 February: 1 March 2024 is as far from the first day as 2 November 2023', () => {
		expect(populationFor([counted('2024-03-01', 1), counted('2023-11-01', 2)], 2024)?.people).toBe(1);
		expect(populationFor([counted('2024-03-01', 1), counted('2023-11-02', 2)], 2024)?.people).toBe(2);
	});
});
