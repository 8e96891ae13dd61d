import type { CivilDate } from '../base/time.ts';

/**
 * Whom a figure counts: the city alone, or with the villages its akimat administers. The two are never mixed: the budget
 * of a city of oblast significance serves the villages too, so only the city's own figure is comparable between cities.
 */
export type PopulationScope = 'city' | 'city_administration';

export type PopulationFigure = {
	readonly countedOn: CivilDate;
	readonly scope: PopulationScope;
	readonly people: number;
	readonly roundedTo: number;
	readonly sourceUrl: string;
};

/** Beyond this a city may have grown too much for "per resident" to mean anything. */
const MOST_YEARS_APART = 3;

/**
 * The figure of the city nearest to 1 January of the fiscal year, the older one when two are equally near. Null when
 * none is within three years.
 */
export function populationFor(
	figures: readonly PopulationFigure[],
	fiscalYear: number,
): PopulationFigure | null {
	const distance = (figure: PopulationFigure): number =>
		Math.abs(dayNumber(figure.countedOn) - dayNumber(`${fiscalYear}-01-01` as CivilDate));
	const nearest = figures
		.filter((figure) => figure.scope === 'city')
		.toSorted(
			(first, second) => distance(first) - distance(second) || (first.countedOn < second.countedOn ? -1 : 1),
		)[0];
	return nearest && distance(nearest) <= MOST_YEARS_APART * 366 ? nearest : null;
}

/** Days since 1 March of the year 0, by the civil calendar. */
function dayNumber(date: CivilDate): number {
	const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
	const marchYear = month > 2 ? year : year - 1;
	const marchMonth = (month + 9) % 12;
	return (
		365 * marchYear +
		Math.floor(marchYear / 4) -
		Math.floor(marchYear / 100) +
		Math.floor(marchYear / 400) +
		Math.floor((153 * marchMonth + 2) / 5) +
		day
	);
}
