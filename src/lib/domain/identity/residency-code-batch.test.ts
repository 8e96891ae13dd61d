import { describe, expect, it } from 'vitest';
import { listArtificialIins } from './artificial-iin.ts';
import type { Iin } from './iin.ts';
import { BATCH_CODES_MAX, parseBatchSize, parseReceivers } from './residency-code-batch.ts';

const [one, two] = listArtificialIins(2) as [Iin, Iin];

describe('the people of a batch', () => {
	it('are read one a line, whatever the line ends and the spaces', () => {
		const spaced = `${two.slice(0, 6)} ${two.slice(6)}`;
		expect(parseReceivers(`${one}\r\n\n  ${spaced}\n`)).toEqual({
			ok: true,
			value: [
				{ line: 1, iin: one },
				{ line: 3, iin: two },
			],
		});
	});

	it('are refused with every bad line and its exact reason', () => {
		expect(parseReceivers([one, '991231299997', '123', one].join('\n'))).toEqual({
			ok: false,
			refusal: {
				code: 'codes_receivers_faulty',
				faults: [
					{ line: 2, code: 'iin_check_digit', earlierLine: null, maskedIin: '********9997' },
					{ line: 3, code: 'iin_length', earlierLine: null, maskedIin: '123' },
					{ line: 4, code: 'list_row_repeated', earlierLine: 1, maskedIin: `********${one.slice(-4)}` },
				],
			},
		});
	});

	it('are at least one and no more than a sheet has', () => {
		const refusal = (text: string) => parseReceivers(text);
		expect(refusal(' \n\n')).toMatchObject({ refusal: { code: 'codes_receivers_missing' } });
		const many = listArtificialIins(BATCH_CODES_MAX + 1);
		expect(refusal(many.join('\n'))).toMatchObject({ refusal: { code: 'codes_too_many' } });
		expect(refusal(many.slice(1).join('\n')).ok).toBe(true);
	});
});

describe('the size of a batch', () => {
	it.each(['1', ' 20 ', String(BATCH_CODES_MAX)])('may be %j', (text) => {
		expect(parseBatchSize(text)).toEqual({ ok: true, value: Number(text) });
	});

	it.each(['', '0', '-1', '1.5', '1e2', '２', String(BATCH_CODES_MAX + 1)])('is not %j', (text) => {
		expect(parseBatchSize(text)).toEqual({ ok: false, refusal: { code: 'codes_size_wrong' } });
	});
});
