export { ensureSubjects } from './ensure-subjects.ts';
export * from './reads.ts';
export { seedCities, type SeedCounts, type SeedRefusal } from './seed-cities.ts';
export type { SeedFault } from './seed-files.ts';
