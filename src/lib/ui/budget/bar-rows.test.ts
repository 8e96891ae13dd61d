import { describe, expect, it } from 'vitest';
import { tenge } from '#lib/domain/base/tenge.ts';
import { toBarRows, toLargestBarRows, type BarRowContext } from './bar-rows.ts';

const line = (code: string, amount: bigint) => ({
	code,
	alias: code,
	name: { text: `line ${code}`, language: 'ru' as const },
	amount: tenge(amount),
});
const context: BarRowContext = {
	language: 'kk',
	whole: tenge(1000n),
	people: 10,
	hrefOf: (alias) => `/kk/astana/budget/2024/${alias}`,
	comments: new Map([['07', 3]]),
};
const rest = { name: (count: number) => `${count} others`, href: '#all' };

describe('rows of bars', () => {
	it('stand by amount, with share, per resident, comments and the language of the name', () => {
		expect(toBarRows([line('04', 100n), line('07', 255n)], context)).toEqual([
			{
				key: '07',
				name: 'line 07',
				lang: 'ru',
				href: '/kk/astana/budget/2024/07',
				comments: 3,
				amount: 255n,
				share: 255,
				perResident: 26n,
			},
			expect.objectContaining({ key: '04', comments: 0, share: 100, perResident: 10n }),
		]);
	});

	it('have no share and no amount per resident where the whole and the residents are not known', () => {
		const [row] = toBarRows([line('04', 1n)], { ...context, whole: null, people: null });
		expect(row).toMatchObject({ share: null, perResident: null });
	});

	it('put what is beyond the largest into one row that loses nothing', () => {
		const lines = ['01', '02', '03', '04', '05'].map((code, index) => line(code, BigInt(index + 1)));
		const rows = toLargestBarRows(lines, context, 2, rest);
		expect(rows.map((row) => [row.key, row.amount])).toEqual([
			['05', 5n],
			['04', 4n],
			['rest', 6n],
		]);
		expect(rows[2]).toMatchObject({ name: '3 others', href: '#all', rest: true });
	});

	it('do not hide a single line behind a row of the rest', () => {
		const lines = [line('01', 1n), line('02', 2n), line('03', 3n)];
		expect(toLargestBarRows(lines, context, 2, rest).map((row) => row.key)).toEqual(['03', '02', '01']);
	});
});
