import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSharedElections, readBytes, toBytes } from '#tests/support/pabulib.ts';
import { readDocument, writeDocument, type PabulibDocument } from './document.ts';

const write = (document: PabulibDocument): Uint8Array =>
	toBytes(Array.from(writeDocument(document)).join(''));
const reread = (document: PabulibDocument) => readDocument(write(document));

it('quotes only what must be quoted', () => {
	const document: PabulibDocument = {
		meta: [['description', 'Oral; 2027 "first"']],
		projectColumns: ['project_id', 'cost', 'name'],
		projects: [['a', '1,5', 'Say "yes"']],
		voteColumns: ['voter_id', 'vote'],
		votes: [['1', '']],
	};
	expect(Array.from(writeDocument(document)).join('')).toBe(
		[
			'META',
			'key;value',
			'description;"Oral; 2027 ""first"""',
			'PROJECTS',
			'project_id;cost;name',
			'a;1,5;"Say ""yes"""',
			'VOTES',
			'voter_id;vote',
			'1;',
			'',
		].join('\n'),
	);
});

/** Any text a cell may hold; blanks at its ends are not part of it. */
const cell = fc
	.oneof(
		fc.string({ unit: 'grapheme' }),
		fc.constantFrom('', '"', ';', 'a;b', '"x" y', 'қала\nатауы', '""', 'META'),
	)
	.map((text) => text.replaceAll('\0', '').trim());

const documents = fc.integer({ min: 1, max: 4 }).chain((options) =>
	fc.record({
		meta: fc.uniqueArray(
			fc.tuple(
				cell.map((key) => `k${key}`),
				cell,
			),
			{ selector: ([key]) => key },
		),
		projectColumns: fc.constant(['project_id', 'cost', 'name']),
		projects: fc.tuple(
			...Array.from({ length: options }, (_, place) =>
				fc.tuple(fc.constant(`p${place}`), fc.nat().map(String), cell),
			),
		),
		voteColumns: fc.constant(['note', 'voter_id', 'vote']),
		votes: fc.array(cell).map((notes) => notes.map((note, index) => [`n${note}`, `v${index}`, 'p0'])),
	}),
);

it('reads what it wrote: the same keys, columns and cells', () => {
	fc.assert(
		fc.property(documents, (document) => {
			expect(reread(document)).toEqual({ ok: true, value: document });
		}),
	);
});

const shared = findSharedElections();

describe.skipIf(shared === null)('real files, written and read again', () => {
	it.each(shared?.files ?? [])('%s is the same election', { timeout: 300_000 }, (file) => {
		const bytes = shared!.read(file);
		const document = readDocument(bytes);
		if (!document.ok) throw new Error(document.refusal.reason);
		// Compared by Node itself: the matcher takes minutes for a hundred thousand ballots.
		expect(isDeepStrictEqual(reread(document.value), document)).toBe(true);
		expect(isDeepStrictEqual(readBytes(write(document.value)).election, readBytes(bytes).election)).toBe(
			true,
		);
	});
});
