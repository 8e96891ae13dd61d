import type { Tx } from '#lib/server/capabilities.ts';
import type { Seed } from './row-shapes.ts';
import { changed, update, type SeedCounts } from './upsert.ts';

export async function writeNotes(tx: Tx, seed: Seed, newId: () => string): Promise<SeedCounts> {
	const columns = [
		'fiscal_year',
		'body',
		'language',
		'amount',
		'remark',
		'describes',
		'source_title',
		'source_title_language',
		'published_on',
		'source_url',
	] as const;
	const note = await tx
		.insertInto('budget_note')
		.values(
			seed['notes.csv'].map(({ city, row: _row, ...note }) => ({ ...note, city_id: city, id: newId() })),
		)
		.onConflict(update('budget_note', ['city_id', 'source_key', 'position'], columns))
		.executeTakeFirst();
	return { budget_note: changed(note) };
}
