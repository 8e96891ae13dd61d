import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import { bestYear, groupByYear } from '#lib/domain/budget/versions.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import type { Reader } from '../capabilities.ts';
import { listCities } from './reads/cities.ts';
import { listVersions } from './reads/versions.ts';

export type CityCard = {
	readonly id: CityId;
	readonly name: string;
	readonly region: string;
	/** The budget that says most about the city; null where none is known. */
	readonly budget: {
		readonly fiscalYear: number;
		readonly kind: BudgetKind;
		readonly revenues: Tenge | null;
		readonly expenditures: Tenge | null;
	} | null;
};

/** All cities in their order, each with the budget that its page shows first. */
export async function readCityCards(reader: Reader, language: Language): Promise<CityCard[]> {
	const [cities, versions] = await Promise.all([listCities(reader, language), listVersions(reader, null)]);
	const ofCity = Map.groupBy(versions, (version) => version.cityId);
	return cities.map(({ id, name, region }) => {
		const best = bestYear(groupByYear(ofCity.get(id) ?? []))?.current;
		return {
			id,
			name,
			region,
			budget: best
				? {
						fiscalYear: best.fiscalYear,
						kind: best.kind,
						revenues: best.revenues,
						expenditures: best.expenditures,
					}
				: null,
		};
	});
}
