import { sql } from 'kysely';
import { uuidV7 } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { SeedFault } from './faults-between-rows.ts';
import { parseSeed, readSeedTexts } from './parse-seed.ts';
import type { SeedCounts } from './upsert.ts';
import { writeBudgets } from './write-budgets.ts';
import { writeCities } from './write-cities.ts';
import { writeClassification } from './write-classification.ts';
import { writeNotes } from './write-notes.ts';
import { writeSubjects } from './write-subjects.ts';

export type SeedRefusal = { readonly code: 'seed_invalid'; readonly faults: readonly SeedFault[] };

/**
 * Loads the cities, their budgets and everything that can be discussed from a folder of seed files. All or nothing: a
 * figure that does not add up refuses the whole folder. Repeated, it changes nothing; of budgets that come from
 * elsewhere it touches none.
 */
export async function seedCities(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	folder: string,
): Promise<Result<SeedCounts, SeedRefusal>> {
	const seed = parseSeed(await readSeedTexts(folder));
	if (!seed.ok) return refused({ code: 'seed_invalid', faults: seed.refusal });
	const now = app.clock();
	const newId = () => uuidV7(Date.parse(now), app.random(16));
	return transact<SeedCounts, SeedRefusal>(app.db, async (tx) => {
		// Two servers that start at once would each wait for rows of the other.
		await sql`select pg_advisory_xact_lock(hashtext('seed_cities'))`.execute(tx);
		const counts = {
			...(await writeCities(tx, seed.value)),
			...(await writeClassification(tx, seed.value)),
			...(await writeSubjects(tx, seed.value, Number(now.slice(0, 4)))),
			...(await writeBudgets(tx, seed.value, newId)),
			...(await writeNotes(tx, seed.value, newId)),
		};
		// Autovacuum would do it within minutes; until then every page would be planned for empty tables.
		if (Object.values(counts).some((rows) => rows > 0)) {
			await sql`analyze city, city_text, population, classification, classification_text, subject, budget, budget_total,
				budget_line, budget_note`.execute(tx);
		}
		return ok(counts);
	});
}
