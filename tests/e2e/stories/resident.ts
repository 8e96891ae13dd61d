import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { testApp } from '#tests/support/app.ts';
import { aCode, PASSWORD } from '#tests/support/factories/registration.ts';
import { expect } from '#tests/support/fixtures.ts';
import { testKeys } from '#tests/support/server.ts';
import { inspect, visit } from '../visit.ts';
import { linkIn, mailTo, type Scene } from './scene.ts';

/** From the home page to a line of a city's budget, by links alone. Gives the line's address. */
export async function findTheLine(page: Page, { language, say, city, line }: Scene): Promise<string> {
	await visit(page, `/${language}`);
	await page.getByRole('link', { name: city.name }).first().click();
	await expectHeading(page, say(m.city_title, { city: city.name }));
	await inspect(page);
	await page
		.getByRole('link', { name: say(m.budget_whole_table) })
		.first()
		.click();
	await expect(page).toHaveURL(/\/budget\/\d{4}$/);
	await inspect(page);
	await page.getByRole('link', { name: line.name, exact: true }).first().click();
	await expectHeading(page, line.name);
	await inspect(page);
	return new URL(page.url()).pathname;
}

/** Begins at the line that one has something to say about. */
export async function register(page: Page, scene: Scene, address: string, name: string): Promise<void> {
	const { say } = scene;
	await page
		.getByRole('region', { name: say(m.ask_title) })
		.getByRole('link', { name: say(m.register_title) })
		.click();
	await expectHeading(page, say(m.register_title));
	await inspect(page);
	await page.getByLabel(say(m.register_name_label)).fill(name);
	await page.getByLabel(say(m.register_email_label)).fill(address);
	await page.getByLabel(say(m.register_password_label)).fill(PASSWORD);
	await page.getByLabel(say(m.register_consent_label)).check();
	await page.getByRole('button', { name: say(m.register_submit) }).click();
	await expectHeading(page, say(m.check_mail_title));
	await inspect(page);

	const mail = await mailTo(scene, address, 1);
	expect(mail.subject).toBe(say(m.mail_confirm_email_subject));
	await visit(page, linkIn(mail, scene, '/confirm?'));
	await page.getByRole('button', { name: say(m.confirm_submit) }).click();
	// Registered in this browser: one press, and one is signed in.
	await expectHeading(page, say(m.me_title));
	await expect(page.getByText(say(m.me_done_confirmed))).toBeVisible();
	await inspect(page);
}

/** By hand, on the page of signing in. */
export async function typePassword(page: Page, { say }: Scene, address: string): Promise<void> {
	await page.getByLabel(say(m.register_email_label)).fill(address);
	await page.getByLabel(say(m.register_password_label)).fill(PASSWORD);
	await page.getByRole('button', { name: say(m.sign_in_submit) }).click();
}

/** By the one-time code that the akimat has sent on paper. */
export async function confirmResidency(page: Page, scene: Scene): Promise<void> {
	const { say, city, database } = scene;
	await page.getByRole('link', { name: say(m.me_residency_action) }).click();
	await expectHeading(page, say(m.residency_title));
	await inspect(page);
	await page.getByLabel(say(m.residency_city_label)).selectOption({ label: city.name });
	await page.getByRole('button', { name: say(m.residency_city_submit) }).click();
	await inspect(page);
	const code = await aCode(testApp(database.db, { keys: testKeys }), city.id);
	await page.getByLabel(say(m.residency_code_label)).fill(code);
	await page.getByRole('button', { name: say(m.residency_submit) }).click();
	await expectHeading(page, say(m.me_title));
	await expect(page.getByRole('region', { name: say(m.me_account_title) })).toContainText(city.name);
	await inspect(page);
}

export async function comment(page: Page, scene: Scene, linePath: string, text: string): Promise<void> {
	const { say } = scene;
	await visit(page, linePath);
	await page.getByLabel(say(m.ask_body_label)).fill(text);
	await page.getByRole('button', { name: say(m.ask_submit) }).click();
	await expect(page.getByRole('status').filter({ hasText: say(m.discussion_posted_title) })).toBeVisible();
	const card = page.getByRole('article').filter({ hasText: text });
	await expect(card).toContainText(say(m.dialogue_waiting));
	await inspect(page);
}

/** Places on the ballot paper: what is chosen first, and what counts in the end. */
const FIRST_CHOICE = [0, 1, 2, 3, 4];
const LAST_CHOICE = [1, 2, 5, 6];

/** Five lines, read over before they count; then four, some of them others. */
export async function voteAndThinkAgain(page: Page, scene: Scene): Promise<void> {
	const { say, vote } = scene;
	const sections = page.getByRole('navigation', { name: say(m.layout_city_nav) });
	await sections.getByRole('link', { name: say(m.layout_nav_consultations) }).click();
	await expectHeading(page, say(m.consultation_list_title));
	await inspect(page);
	await page.getByRole('link', { name: vote.title }).click();
	await expectHeading(page, vote.title);
	await inspect(page);

	await page.getByRole('link', { name: say(m.consultation_act_vote) }).click();
	await cast(page, scene, FIRST_CHOICE);

	await page.getByRole('link', { name: say(m.confirmation_back) }).click();
	await page.getByRole('link', { name: say(m.consultation_act_change) }).click();
	await expectHeading(page, say(m.ballot_title));
	for (const place of FIRST_CHOICE) await expect(optionAt(page, scene, place)).toBeChecked();
	await cast(page, scene, LAST_CHOICE);
}

async function cast(page: Page, scene: Scene, places: readonly number[]): Promise<void> {
	const { say, vote } = scene;
	await expectHeading(page, say(m.ballot_title));
	await inspect(page);
	for (const place of vote.options.keys())
		await optionAt(page, scene, place).setChecked(places.includes(place));
	await page.getByRole('button', { name: say(m.ballot_to_review) }).click();
	await expectHeading(page, say(m.ballot_review_title));
	await expectChosen(page, scene, places);
	await inspect(page);
	await page.getByRole('button', { name: say(m.ballot_cast) }).click();
	await expectHeading(page, say(m.confirmation_title));
	await expectChosen(page, scene, places);
	await inspect(page);
}

function optionAt(page: Page, { vote }: Scene, place: number) {
	return page.getByRole('checkbox', { name: vote.options[place]! });
}

async function expectChosen(page: Page, { say, vote }: Scene, places: readonly number[]): Promise<void> {
	const heading = page.getByRole('heading', { name: say(m.ballot_chosen), exact: true });
	const chosen = page.getByRole('main').locator('section').filter({ has: heading });
	await expect(chosen.getByRole('listitem')).toHaveText(places.map((place) => vote.options[place]!));
}

/** Under the comment, in "my participation" and in the mail. */
export async function readTheAnswer(
	page: Page,
	scene: Scene,
	{ address, linePath, text, answer, day }: Asked,
): Promise<void> {
	const { say, city, language } = scene;
	for (const path of [linePath, `/${language}/me`]) {
		await visit(page, path);
		const card = page.getByRole('article').filter({ hasText: text });
		await expect(card).toContainText(say(m.dialogue_status_accepted));
		await expect(card).toContainText(answer[language === 'ru' ? 'ru' : 'kk']);
		await expect(card).toContainText(city.akimat);
		await expect(card.getByText(day).last()).toBeVisible();
	}
	const mail = await mailTo(scene, address, 2);
	expect(mail.subject).toBe(say(m.mail_response_published_subject));
	expect(mail.body).toContain(answer.kk);
	expect(mail.body).toContain(answer.ru);
	await visit(page, linkIn(mail, scene, '/budget/'));
	await expect(page.getByRole('article').filter({ hasText: text })).toContainText(city.akimat);
}

/** What the last ballot chose is counted, and nothing else. */
export async function readTheResult(page: Page, { say, vote }: Scene, votePath: string): Promise<void> {
	await visit(page, votePath);
	await page.getByRole('link', { name: say(m.consultation_act_result) }).click();
	await expectHeading(page, say(m.result_title));
	const table = page.getByRole('table', { name: say(m.result_chart_title) });
	if (await table.isHidden()) await page.getByText(say(m.ui_chart_table)).click();
	for (const [place, name] of vote.options.entries()) {
		const row = table.getByRole('row').filter({ hasText: name });
		await expect(row.getByRole('cell')).toHaveText(LAST_CHOICE.includes(place) ? '1' : '0');
	}
	await inspect(page);
}

export type Answer = { readonly kk: string; readonly ru: string };
export type Asked = {
	readonly address: string;
	readonly linePath: string;
	readonly text: string;
	readonly answer: Answer;
	/** As the page writes it. */
	readonly day: string;
};

export async function expectHeading(page: Page, name: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}
