import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Row } from './format.ts';
import { FORMATS } from './formats.ts';

async function write(rows: readonly Row[], format: keyof typeof FORMATS = 'csv'): Promise<string> {
	const columns = rows[0]!.map((_, index) => `c${index}`);
	const chunks: Buffer[] = [];
	for await (const chunk of FORMATS[format].write(columns, inTurn(rows))) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
}

/** One data row without mark, header and line end. */
async function line(cells: readonly Cell[], format: keyof typeof FORMATS = 'csv'): Promise<string> {
	return (await write([cells], format)).split('\r\n')[1]!;
}

describe('CSV for programs', () => {
	it('writes numbers as they are, also negative ones, and nothing for what is not known', async () => {
		expect(await line([-5, -1_360_000_000_000_000n, 4.5, 0, true, null, ''])).toBe(
			'-5,-1360000000000000,4.5,0,true,,',
		);
	});

	it('quotes what would break a row', async () => {
		expect(await line(['a,b', 'a"b', 'a;b'])).toBe('"a,b","a""b",a;b');
		expect(await write([['a\nb', 'a\rb', 'a\r\nb']])).toContain('"a\nb","a\rb","a\r\nb"\r\n');
	});

	it('puts an apostrophe before text that a spreadsheet would run', async () => {
		expect(await line(['=1+1', '+7 701', '-1', '@sum', '|cmd', '＝1', '＠x', "'tis"])).toBe(
			"'=1+1,'+7 701,'-1,'@sum,'|cmd,'＝1,'＠x,''tis",
		);
		expect(await line(['a=1', ' =1', '1-2', 'a@b.kz'])).toBe('a=1, =1,1-2,a@b.kz');
	});

	it('gives every text back to whoever takes one leading apostrophe off', async () => {
		const texts = fc.array(
			fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('=', "'", '\t-')),
			{
				minLength: 3,
				maxLength: 3,
			},
		);
		await fc.assert(
			fc.asyncProperty(texts, async (row) => {
				const [, ...read] = parse(await write([row]), { bom: true }) as string[][];
				expect(read.map((cells) => cells.map((cell) => cell.replace(/^'/, '')))).toEqual([row]);
				for (const cell of read[0]!) expect(cell).not.toMatch(/^[=+\-@|\t\r\n＝＋－＠]/);
			}),
		);
	});

	it('ends with the error of its source, not as if complete', async () => {
		async function* broken(): AsyncGenerator<Row> {
			yield ['one'];
			throw new Error('connection lost');
		}
		const reading = (async () => {
			for await (const _ of FORMATS.csv.write(['c'], broken()));
		})();
		await expect(reading).rejects.toThrow('connection lost');
	});
});

describe('CSV for the spreadsheets of Kazakhstan', () => {
	it('parts columns with a semicolon and writes a decimal comma', async () => {
		expect(await line(['a,b', 'a;b', 4.5, -12n], 'excel.csv')).toBe('a,b;"a;b";4,5;-12');
	});
});
