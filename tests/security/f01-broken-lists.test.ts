import { describe, expect, it, beforeAll, afterAll } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { countListedResidents } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { importFile } from '#tests/support/factories/residents-list.ts';

const HERE = 'taraz' as CityId;
const MEGABYTE = 1024 * 1024;

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
});
afterAll(async () => {
	await database.close();
});

/** A file as long as an upload may be, and how much of it was asked for. */
function anEndlessFile(start: string, piece: string) {
	const read = { bytes: 0 };
	const file = (async function* () {
		yield await Promise.resolve(Buffer.from(start));
		const part = Buffer.from(piece.repeat(Math.ceil((64 * 1024) / piece.length)));
		while (read.bytes < 256 * MEGABYTE) {
			read.bytes += part.length;
			yield part;
		}
	})();
	return { file, read };
}

// Every encoding, separator and broken row: tests/db/residents-import.test.ts, "F01 a file".
describe('F01 a list that would fill the memory', () => {
	// Red without the limits of residents/read-list.ts: of a line, of faults, of rows.
	it.each([
		['one line', 'iin;district\n', '7', 'list_broken'],
		['one cell in quotes', 'iin;district\n"', '7\n', 'list_broken'],
		['a first line', '', 'i', 'list_broken'],
		['bad rows', 'iin;district\n', '123;x\n', 'list_too_many_faults'],
		['NUL', 'iin\n', '\0', 'list_broken'],
	])('by %s without end is refused in words, and never held', async (_, start, piece, code) => {
		const { file, read } = anEndlessFile(start, piece);
		const before = process.memoryUsage().rss;
		const entry = await importFile(testApp(database.db), HERE, file);
		expect(entry.refusal?.code).toBe(code);
		// What is left is passed over, so that a browser hears the answer: an upload ends at 256 MB.
		expect(read.bytes).toBeGreaterThan(0);
		expect(process.memoryUsage().rss - before).toBeLessThan(200 * MEGABYTE);
		expect((await countListedResidents(database.db, HERE)).listed).toBe(0);
	});
});
