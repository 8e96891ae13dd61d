import { LANGUAGES } from '#lib/domain/base/language.ts';
import type { Tx } from '#lib/server/capabilities.ts';
import { namesOf, type Seed } from './row-shapes.ts';
import { changed, update, type SeedCounts } from './upsert.ts';

export async function writeClassification(tx: Tx, seed: Seed): Promise<SeedCounts> {
	const rows = seed['classification.csv'];
	const classification = await tx
		.insertInto('classification')
		.values(rows.map(({ kind, code, level, source_url }) => ({ kind, code, level, source_url })))
		.onConflict(update('classification', ['kind', 'code'], ['level', 'source_url']))
		.executeTakeFirst();
	const names = rows.flatMap((row) => {
		const texts = namesOf(row);
		return LANGUAGES.flatMap((language) => {
			const name = texts[language];
			return name ? [{ kind: row.kind, code: row.code, language, name }] : [];
		});
	});
	const classificationText = await tx
		.insertInto('classification_text')
		.values(names)
		.onConflict(update('classification_text', ['kind', 'code', 'language'], ['name']))
		.executeTakeFirst();
	return { classification: changed(classification), classification_text: changed(classificationText) };
}
