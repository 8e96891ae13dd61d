export { ensureSubjects } from './ensure-subjects.ts';
export * from './reads.ts';
export { readBudgetOfYear, type BudgetOfYear } from './read-budget.ts';
export { readCityCards, type CityCard } from './read-city-cards.ts';
export {
	readCityOverview,
	type CityOverview,
	type CityYear,
	type GroupComparison,
	type YearTotals,
} from './read-city-overview.ts';
export { readLinePage, type LinePage, type LineYear } from './read-line.ts';
export { seedCities, type SeedCounts, type SeedRefusal } from './seed-cities.ts';
export type { SeedFault } from './seed-files.ts';
