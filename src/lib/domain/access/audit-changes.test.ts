import { describe, expect, it } from 'vitest';
import { listChanges } from './audit-changes.ts';

describe('listChanges', () => {
	it('tells each field that differs, before and after', () => {
		const before = { status: 'under_review', revision: 1, texts: { kk: { body: 'Бұрын' } } };
		const after = { status: 'accepted', revision: 1, texts: { kk: { body: 'Кейін' } } };
		expect(listChanges({ before, after })).toEqual([
			{ field: 'status', language: null, before: 'under_review', after: 'accepted' },
			{ field: 'texts.kk.body', language: 'kk', before: 'Бұрын', after: 'Кейін' },
		]);
	});

	it('tells what came and what went', () => {
		expect(listChanges({ after: { role: 'official', until: null } })).toEqual([
			{ field: 'role', language: null, before: null, after: 'official' },
		]);
		expect(listChanges({ before: { options: ['a', 'b'] }, after: { options: ['a'] } })).toEqual([
			{ field: 'options.1', language: null, before: 'b', after: null },
		]);
		expect(listChanges({})).toEqual([]);
	});
});
