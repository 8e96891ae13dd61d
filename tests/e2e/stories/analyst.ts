import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { m } from '#lib/paraglide/messages.js';
import { expect } from '#tests/support/fixtures.ts';
import { inspect } from '../visit.ts';
import { expectHeading } from './resident.ts';
import type { Scene } from './scene.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** From the city's page to its statistics, and the comments by line as a file. */
export async function takeTheDataAway(page: Page, scene: Scene, comments: number): Promise<void> {
	const { say, city, line } = scene;
	const sections = page.getByRole('navigation', { name: say(m.layout_city_nav) });
	await sections.getByRole('link', { name: say(m.layout_nav_statistics) }).click();
	await expectHeading(page, say(m.statistics_city_title, { city: city.name }));
	await inspect(page);
	const table = page.getByRole('table', { name: say(m.statistics_lines_title) });
	await expect(table.getByRole('row').filter({ hasText: line.name })).toContainText(String(comments));

	const section = page.getByRole('region').filter({ has: table });
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		section.getByRole('link', { name: say(m.statistics_download_csv) }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(new RegExp(`^ortaq-budget_comments_${city.id}_.*\\.csv$`));
	const text = await readFile(await download.path(), 'utf8');
	expect(text.startsWith(BYTE_ORDER_MARK)).toBe(true);
	const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
	const told = rows.filter((row) => row['city'] === city.id && row['code'] === line.code);
	expect(told.map((row) => row['name_kk'])).toContain(line.nameKk);
	expect(told.reduce((sum, row) => sum + Number(row['comments']), 0)).toBe(comments);
}
