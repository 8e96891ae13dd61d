import type { Page } from '@playwright/test';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { COMMENT_LENGTH_MAX } from '#lib/domain/dialogue/comment.ts';
import { PASSWORD_LENGTH_MIN } from '#lib/domain/identity/password-length.ts';
import { m } from '#lib/paraglide/messages.js';
import { confirmResidency } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { anAccount, anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aCode } from '#tests/support/factories/registration.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { expect, test } from '#tests/support/fixtures.ts';
import { permitFor } from '#tests/support/permit.ts';
import { testKeys } from '#tests/support/server.ts';
import { inspect } from './visit.ts';
import { wordsOf } from './words.ts';

const CITY = 'semey' as CityId;
const say = wordsOf('kk');
const withAndWithoutScripts = { tag: '@no-javascript' };

/** The summary has the focus, and its link for a field leads to that field. */
async function expectRefusal(page: Page, text: string, field: string): Promise<void> {
	const summary = page.getByRole('alert', { name: say(m.ui_errors_title) });
	await expect(summary).toBeFocused();
	await expect(page).toHaveTitle(new RegExp(`^${say(m.layout_error_title_prefix, { title: '' })}`));
	await inspect(page);
	await summary.getByRole('link', { name: text }).click();
	await expect(page.locator(`#field-${field}`)).toBeFocused();
}

test('a registration with mistakes keeps what was typed', withAndWithoutScripts, async ({ page }) => {
	await page.goto('/kk/register');
	const name = page.getByLabel(say(m.register_name_label));
	const address = page.getByLabel(say(m.register_email_label));
	const consent = page.getByLabel(say(m.register_consent_label));
	await name.fill('Айгүл С.');
	await address.fill('айгүл@mail.kz');
	await page.getByLabel(say(m.register_password_label)).fill('қысқа');
	await consent.check();
	await page.getByRole('button', { name: say(m.register_submit) }).click();

	await expectRefusal(page, say(m.refusal_email_not_latin), 'email');
	await expectRefusalOf(page, say(m.refusal_password_too_short, { min: PASSWORD_LENGTH_MIN }));
	await expect(name).toHaveValue('Айгүл С.');
	await expect(address).toHaveValue('айгүл@mail.kz');
	await expect(consent).toBeChecked();
});

async function expectRefusalOf(page: Page, text: string): Promise<void> {
	await expect(page.getByRole('alert').getByRole('link', { name: text })).toBeVisible();
}

test('a comment that is too long is kept', withAndWithoutScripts, async ({ database, openBrowser }) => {
	const author = await anAccount(database.db);
	const page = await openBrowser(await aSession(database, author.accountId));
	await page.goto(`/kk/${CITY}/budget/2026/04`);
	const body = page.getByLabel(say(m.ask_body_label));
	const text = 'Мектеп қайда? '.repeat(COMMENT_LENGTH_MAX / 10).trim();
	await body.fill(text);
	await page.getByRole('button', { name: say(m.ask_submit) }).click();

	const excess = text.length - COMMENT_LENGTH_MAX;
	await expectRefusal(page, say(m.refusal_text_too_long, { excess }), 'body');
	await expect(body).toHaveValue(text);
});

test('what is typed and ticked before the scripts arrive stays', async ({ server, browser }) => {
	const context = await browser.newContext({ baseURL: server.url });
	const page = await context.newPage();
	const { promise: slowLine, resolve: arrive } = Promise.withResolvers<void>();
	await page.route('**/*.js', async (route) => {
		await slowLine;
		await route.continue();
	});
	await page.goto('/kk/register', { waitUntil: 'commit' });
	const name = page.getByLabel(say(m.register_name_label));
	const consent = page.getByLabel(say(m.register_consent_label));
	await name.fill('Айгүл С.');
	await consent.check();

	arrive();
	await page.waitForLoadState('networkidle');
	await expect(name).toHaveValue('Айгүл С.');
	await expect(consent).toBeChecked();
	await context.close();
});

test('a double click publishes one comment', withAndWithoutScripts, async ({ database, openBrowser }) => {
	const author = await anAccount(database.db);
	const page = await openBrowser(await aSession(database, author.accountId));
	const line = toSubject(CITY, 2026, 'expenditure', '06');
	await page.goto(`/kk/${CITY}/budget/${line.fiscalYear}/${line.alias}`);
	const text = `Екі рет басылған сұрақ ${test.info().project.name}`;
	await page.getByLabel(say(m.ask_body_label)).fill(text);
	await page.getByRole('button', { name: say(m.ask_submit) }).dblclick();
	await expect(page.getByRole('status').filter({ hasText: say(m.discussion_posted_title) })).toBeVisible();

	await page.reload();
	await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1);
});

test(
	'a sixth option is refused, and nothing is lost',
	withAndWithoutScripts,
	async ({ database, openBrowser }) => {
		const vote = await aConsultation(database, CITY, {
			maxOptions: 5,
			options: ['01', '03', '04', '05', '06', '07'].map((code) => ({ kind: 'expenditure', code })),
		});
		const resident = await aResident(database.db, CITY);
		const page = await openBrowser(await aSession(database, resident.accountId));
		await page.goto(`/kk/${CITY}/consultations/${vote.slug}/ballot`);
		const options = page.getByRole('group').getByRole('checkbox');
		await expect(options).toHaveCount(6);
		for (const option of await options.all()) await option.check();
		await page.getByRole('button', { name: say(m.ballot_to_review) }).click();

		await expectRefusal(page, say(m.refusal_ballot_too_many_options, { max: 5 }), 'option');
		for (const option of await options.all()) await expect(option).toBeChecked();

		await options.last().uncheck();
		await page.getByRole('button', { name: say(m.ballot_to_review) }).click();
		await expect(page.getByRole('heading', { level: 1, name: say(m.ballot_review_title) })).toBeVisible();
		await expect(page.locator('input[name="option"]')).toHaveCount(5);
	},
);

test(
	'a code that somebody has used is refused in words',
	withAndWithoutScripts,
	async ({ database, openBrowser }) => {
		const app = testApp(database.db, { keys: testKeys });
		const code = await aCode(app, CITY);
		const first = permitFor(await anAccount(database.db), 'residency.confirm', { cityId: null });
		const claim = { cityId: CITY, method: 'code', proof: code, ageBand: null } as const;
		expect((await confirmResidency(app, first, claim)).ok).toBe(true);
		const second = await anAccount(database.db);
		const page = await openBrowser(await aSession(database, second.accountId));
		await page.goto('/kk/me/residency');
		await page.getByLabel(say(m.residency_city_label)).selectOption(CITY);
		await page.getByRole('button', { name: say(m.residency_city_submit) }).click();
		const field = page.getByLabel(say(m.residency_code_label));
		await field.fill(code);
		await page.getByRole('button', { name: say(m.residency_submit) }).click();

		await expectRefusal(page, say(m.refusal_residency_code_used), 'code');
		await expect(field).toHaveValue(code);
	},
);

test("another city's office is not there", withAndWithoutScripts, async ({ database, openBrowser }) => {
	const official = await anOfficial(database.db, 'astana' as CityId);
	const page = await openBrowser(await aSession(database, official.accountId));
	expect((await page.goto('/kk/office/astana'))?.status()).toBe(200);
	expect((await page.goto('/kk/office/almaty'))?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1, name: say(m.error_not_found_title) })).toBeVisible();
	await inspect(page);
});
