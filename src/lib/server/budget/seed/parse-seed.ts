import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { findFaultsBetweenRows, type SeedFault } from './faults-between-rows.ts';
import { FILES, SEED_FILES, type Numbered, type Seed, type SeedFileName } from './row-shapes.ts';

/** The content of the files as text, by name. */
export type SeedTexts = Readonly<Record<SeedFileName, string>>;

/** Reads the files of a seed folder. @throws when a file is missing. */
export async function readSeedTexts(folder: string): Promise<SeedTexts> {
	const texts = await Promise.all(
		SEED_FILES.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const),
	);
	return Object.fromEntries(texts) as SeedTexts;
}

/** All rows, or every fault found: a folder with one wrong figure is refused as a whole. */
export function parseSeed(texts: SeedTexts): Result<Seed, readonly SeedFault[]> {
	const faults: SeedFault[] = [];
	const rows = Object.fromEntries(
		SEED_FILES.map((name) => [name, parseFile(name, texts[name], faults)]),
	) as unknown as Seed;
	// A row that could not be read would only make others seem wrong.
	if (faults.length > 0) return refused(faults);
	faults.push(...findFaultsBetweenRows(rows));
	return faults.length > 0 ? refused(faults) : ok(rows);
}

function parseFile(name: SeedFileName, content: string, faults: SeedFault[]): Numbered<unknown>[] {
	const schema: z.ZodType = FILES[name];
	type Numbering = { record: Record<string, string>; info: { lines: number } };
	const records = parse<Numbering>(content, {
		bom: true,
		columns: true,
		info: true,
		relax_column_count: true,
	});
	return records.flatMap(({ record, info }) => {
		const parsed = schema.safeParse(record);
		if (parsed.success) return [{ ...(parsed.data as object), row: info.lines }];
		for (const issue of parsed.error.issues) {
			faults.push({ file: name, row: info.lines, reason: `${issue.path.join('.')}: ${issue.message}` });
		}
		return [];
	});
}
