export { ensureSubjects } from './ensure-subjects.ts';
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
export * from './reads/cities.ts';
export * from './reads/lines.ts';
export * from './reads/notes.ts';
export * from './reads/subjects.ts';
export * from './reads/versions.ts';
export type { SeedFault } from './seed/faults-between-rows.ts';
export { seedCities, type SeedRefusal } from './seed/seed-cities.ts';
export type { SeedCounts } from './seed/upsert.ts';
export { subjectName } from './subject-name.ts';
export { subjectOf, subjectOfLine } from './subject-of.ts';
