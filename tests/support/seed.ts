import { randomBytes } from 'node:crypto';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Result } from '#lib/domain/base/result.ts';
import { seedCities, type SeedCounts, type SeedRefusal } from '#lib/server/budget/index.ts';
import type { Db } from '#lib/server/capabilities.ts';

/** The cities and their budgets as they come with the project. */
export const SEED = 'scripts/seed/data';

/** Loads a folder of seed files on a certain day: which years can be discussed depends on it. */
export function loadSeed(db: Db, folder = SEED): Promise<Result<SeedCounts, SeedRefusal>> {
	const clock = () => parseInstant('2026-11-24T10:00:00.000Z');
	return seedCities({ db, clock, random: (bytes) => randomBytes(bytes) }, folder);
}
