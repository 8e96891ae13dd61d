import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { parseLineCode } from '#lib/domain/budget/code.ts';
import { LINE_KINDS, TOTAL_ITEMS } from '#lib/domain/budget/words.ts';
import { itemName } from '#lib/i18n/budget-words.ts';
import { formatTenge, formatTengeShort } from '#lib/i18n/money.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer } from '../support/server.ts';

type Row = Readonly<Record<string, string>>;

let database: TestDatabase;
let server: BuiltServer;
let budgets: Row[];
let totals: Map<string, Row[]>;
let lines: Map<string, Row[]>;
let notes: Row[];

async function seedFile(name: string): Promise<Row[]> {
	return parse(await readFile(`scripts/seed/data/${name}`, 'utf8'), { columns: true });
}

/** Nothing changes between two looks at a page. */
const pages = new Map<string, string>();

async function page(address: string): Promise<string> {
	const known = pages.get(address);
	if (known !== undefined) return known;
	const response = await fetch(server.url + address);
	expect(response.status, address).toBe(200);
	const html = await response.text();
	pages.set(address, html);
	return html;
}

/** The rows of all tables, without the comments that Svelte leaves. */
function rowsOf(html: string): string[] {
	return [...html.replaceAll(/<!--.*?-->/g, '').matchAll(/<tr[\s>].*?<\/tr>/gs)].map(([row]) => row);
}

function textOf(html: string): string {
	return html
		.replaceAll(/<!--.*?-->|<[^>]*>/gs, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&');
}

const addressOf = ({ city, fiscal_year, kind, sequence }: Row) =>
	`/kk/${city}/budget/${fiscal_year}?version=${kind}-${sequence}`;

const exact = (amount: string) => formatTenge(tenge(BigInt(amount)), 'kk');

beforeAll(async () => {
	database = await createTestDatabase('seeded');
	[server, budgets, notes] = await Promise.all([
		startTestServer(database),
		seedFile('budgets.csv'),
		seedFile('notes.csv'),
	]);
	totals = Map.groupBy(await seedFile('totals.csv'), (row) => row['budget']!);
	lines = Map.groupBy(await seedFile('lines.csv'), (row) => row['budget']!);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

describe('the page of every version in the seed', { timeout: 120_000 }, () => {
	it('states every total to the tenge beside its name', async () => {
		let checked = 0;
		for (const budget of budgets) {
			const rows = rowsOf(await page(addressOf(budget))).map(textOf);
			for (const { item, amount } of totals.get(budget['key']!) ?? []) {
				const name = itemName(TOTAL_ITEMS.find((each) => each === item)!);
				const stated = rows.filter((row) => row.includes(name) && row.includes(exact(amount!)));
				expect(stated, `${budget['key']} ${item}`).not.toEqual([]);
				checked++;
			}
		}
		expect(checked).toBe(374);
	});

	it('states every class of revenue, group and line below to the tenge beside the link to it', async () => {
		let checked = 0;
		for (const budget of budgets) {
			const rows = rowsOf(await page(addressOf(budget)));
			for (const { kind, code, amount } of lines.get(budget['key']!) ?? []) {
				const { alias } = parseLineCode(
					LINE_KINDS.find((each) => each === kind)!,
					code!,
				)!;
				const link = new RegExp(`href="/kk/${budget['city']}/budget/${budget['fiscal_year']}/${alias}["?]`);
				const stated = rows.filter((row) => link.test(row) && textOf(row).includes(exact(amount!)));
				expect(stated, `${budget['key']} ${kind} ${code}`).not.toEqual([]);
				checked++;
			}
		}
		expect(checked).toBe(2206);
	});

	it('names its source with title, number and address', async () => {
		for (const budget of budgets) {
			const html = await page(addressOf(budget));
			expect(textOf(html), budget['key']).toContain(budget['title']);
			if (budget['source_url'])
				expect(html).toContain(`href="${budget['source_url'].replaceAll('&', '&amp;')}"`);
			if (budget['number'] && budget['decided_on']) expect(textOf(html)).toContain(`№ ${budget['number']}`);
		}
	});
});

describe('the pages of cities', { timeout: 120_000 }, () => {
	it('are there in three languages, each with a heading of its own', async () => {
		const cities = await seedFile('cities.csv');
		for (const language of LANGUAGES) {
			const home = textOf(await page(`/${language}`));
			for (const city of cities) {
				expect(home).toContain(city[`name_${language}`]);
				const html = await page(`/${language}/${city['id']}`);
				expect(html).toContain(`<html lang="${language}"`);
				expect(textOf(/<h1.*?<\/h1>/s.exec(html)?.[0] ?? '')).toContain(city[`name_${language}`]);
			}
		}
	});

	it('show every note on the page of its year, apart from the tables', async () => {
		const byPage = Map.groupBy(notes, (note) => `/kk/${note['city']}/budget/${note['fiscal_year']}`);
		for (const [address, expected] of byPage) {
			const html = await page(address);
			const outside = textOf(html.replaceAll(/<table.*?<\/table>/gs, ''));
			for (const note of expected) {
				expect(outside, address).toContain(note['body']);
				expect(outside, address).toContain(exact(note['amount']!));
			}
		}
	});

	it('offer the groups of the next year where no budget is known', async () => {
		const html = await page('/kk/taldykorgan');
		const year = new Date().getUTCFullYear() + 1;
		for (let group = 1; group <= 15; group++) {
			const alias = String(group).padStart(2, '0');
			expect(html).toContain(`href="/kk/taldykorgan/budget/${year}/${alias}"`);
		}
		expect(textOf(await page(`/kk/taldykorgan/budget/${year}/07`))).toContain('сомасы белгісіз');
	});
});

describe('an address that names nothing', () => {
	it.each([
		'/kk/guryev',
		'/kk/astana/budget/1999',
		'/kk/astana/budget/2024?version=draft-1',
		'/kk/astana/budget/2024?version=nonsense',
		'/kk/astana/budget/2024/16',
		'/kk/astana/budget/2024/07?version=approved-1',
		'/kk/astana/budget/24',
	])('%s is not found', async (address) => {
		expect((await fetch(server.url + address)).status).toBe(404);
	});
});

it(
	'says where the rest is when revenue less expenditure is not the balance',
	{ timeout: 120_000 },
	async () => {
		let asked = 0;
		for (const budget of budgets) {
			const amounts = new Map((totals.get(budget['key']!) ?? []).map((row) => [row['item'], row['amount']!]));
			const [revenues, expenditures, balance] = ['revenues', 'expenditures', 'balance'].map((item) =>
				amounts.get(item),
			);
			if (revenues === undefined || expenditures === undefined || balance === undefined) continue;
			const rest = BigInt(revenues) - BigInt(expenditures) - BigInt(balance);
			const words = `${formatTengeShort(tenge(rest < 0n ? -rest : rest), 'kk')} бюджеттік кредиттер`;
			const text = textOf(await page(addressOf(budget)));
			expect(text.includes(words), budget['key']).toBe(rest !== 0n);
			asked += 1;
		}
		expect(asked).toBeGreaterThan(20);
	},
);
