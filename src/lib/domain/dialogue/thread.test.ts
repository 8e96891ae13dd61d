import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/time.ts';
import { textsFor, type ResponseRevision } from './thread.ts';

const revision: ResponseRevision = {
	revision: 1,
	status: 'accepted',
	publishedAt: parseInstant('2026-11-18T05:00:00.000Z'),
	texts: [
		{ language: 'kk', body: 'Иә.', legalBasis: null, complaint: null },
		{ language: 'ru', body: 'Да.', legalBasis: null, complaint: null },
	],
};

describe('textsFor', () => {
	it.each([
		['kk', ['kk', 'ru']],
		['ru', ['ru', 'kk']],
		['en', ['kk', 'ru']],
	] as const)('puts the language of a reader of %s first', (reader, order) => {
		expect(textsFor(revision, reader).map(({ language }) => language)).toEqual(order);
	});
});
