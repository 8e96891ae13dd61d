import type { Page } from '@playwright/test';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { cleanText } from '#lib/domain/dialogue/text.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aComment, aResponse } from '#tests/support/factories/dialogue.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { expect, test } from '#tests/support/fixtures.ts';
import { HOSTILE_TEXTS } from '#tests/support/hostile.ts';

const CITY = 'aktobe' as CityId;
const NAME = '<img src=x onerror=alert(1)>';
/** What a page shows at once. */
const SHOWN = 20;

const texts = HOSTILE_TEXTS.map(cleanText);

test('C01 hostile texts are texts on every page that shows them', async ({ database, openBrowser }) => {
	const { db } = database;
	const author = await anAccount(db, { displayName: NAME });
	const [asked, answered] = ['04', '06'].map((code) => toSubject(CITY, 2026, 'expenditure', code));
	for (const body of HOSTILE_TEXTS) {
		await aComment(db, asked!, { author, body });
		const comment = await aComment(db, answered!, { author });
		await aResponse(db, answered!, comment, { body_kk: body, body_ru: body });
	}
	const resident = await openBrowser(await aSession(database, author.accountId));
	const official = await openBrowser(await aSession(database, (await anOfficial(db, CITY)).accountId));
	// An alert that opens is closed by Playwright when nobody listens, and would not be seen.
	const alerts: string[] = [];
	for (const { page } of [{ page: resident }, { page: official }]) {
		page.on('dialog', (dialog) => {
			alerts.push(`${page.url()}: ${dialog.message()}`);
			void dialog.dismiss();
		});
	}

	const newest = texts.slice(-SHOWN);
	for (const [page, path, shown] of [
		[resident, `/kk/${CITY}/budget/2026/04`, [...newest, NAME]],
		[resident, `/kk/${CITY}/budget/2026/06`, [...newest, NAME]],
		[resident, `/kk/${CITY}`, [texts.at(-1)!]],
		[resident, '/kk/me', newest.slice(-1)],
		[official, `/kk/office/${CITY}`, texts.slice(0, SHOWN)],
	] as const) {
		await page.goto(path);
		await expectTexts(page, shown);
	}
	await official.getByRole('region').getByRole('listitem').getByRole('link').first().click();
	await expect(official).toHaveURL(/\/comments\//);
	await expectTexts(official, texts.slice(0, 1));
	expect(alerts).toEqual([]);
});

/** They stand there letter by letter, and have become nothing else. */
async function expectTexts(page: Page, shown: readonly string[]): Promise<void> {
	const text = (await page.getByRole('main').textContent()) ?? '';
	expect
		.soft(
			shown.filter((one) => !text.includes(one)),
			page.url(),
		)
		.toEqual([]);
	const made = page
		.locator('main')
		.locator(
			'script, iframe, style, meta, [onerror], [onload], [onmouseover], img[src="x"], a[href^="javascript:"], a[href^="data:"], form[action*="evil"]',
		);
	await expect.soft(made, page.url()).toHaveCount(0);
}
