import { randomBytes } from 'node:crypto';
import { parseInstant } from '#lib/domain/base/time.ts';
import { seedCities } from '#lib/server/budget/index.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { Fault } from '../lib/fault.mjs';
import { fromRoot } from '../lib/root.mjs';

const FAULTS_SHOWN = 20;

/**
 * Loads the cities and budgets of scripts/seed/data.
 * @returns how many rows were added, changed or removed.
 * @throws Fault that names the wrong figures.
 */
export async function seed(db: Db): Promise<number> {
	const clock = () => parseInstant(new Date().toISOString());
	const loaded = await seedCities({ db, clock, random: randomBytes }, fromRoot('scripts', 'seed', 'data'));
	if (loaded.ok) return Object.values(loaded.value).reduce((sum, rows) => sum + rows, 0);
	const { faults } = loaded.refusal;
	const lines = faults
		.slice(0, FAULTS_SHOWN)
		.map(({ file, row, reason }) => `  ${file}, line ${row}: ${reason}`);
	if (faults.length > FAULTS_SHOWN) lines.push(`  and ${faults.length - FAULTS_SHOWN} more`);
	throw new Fault(`The seed files were refused and nothing of them was loaded:\n${lines.join('\n')}`);
}
