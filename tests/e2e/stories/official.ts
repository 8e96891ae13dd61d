import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import type { TotpSecret } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { aRegistration, registerAndConfirm } from '#tests/support/factories/registration.ts';
import { aSecondFactor, codeOf } from '#tests/support/factories/second-factor.ts';
import { expect } from '#tests/support/fixtures.ts';
import { inspect, visit } from '../visit.ts';
import { expectHeading, typePassword, type Answer } from './resident.ts';
import type { Scene } from './scene.ts';

/** Somebody whom the akimat has made an official of this city. */
export async function appoint({ database, city, language }: Scene, address: string): Promise<TotpSecret> {
	const accountId = await registerAndConfirm(
		testApp(database.db),
		aRegistration({ address, language, displayName: 'Esil' }),
	);
	await database.db
		.insertInto('role_grant')
		.values({ account_id: accountId, role: 'official', city_id: city.id })
		.execute();
	return await aSecondFactor(testApp(database.db), accountId);
}

/** From signing in to the page as residents see it. What waits longest stands first. */
export async function answer(
	page: Page,
	scene: Scene,
	{
		address,
		secret,
		waiting,
		text,
		texts,
	}: { address: string; secret: TotpSecret; waiting: readonly string[]; text: string; texts: Answer },
): Promise<void> {
	const { language, say, city } = scene;
	await visit(page, `/${language}/sign-in`);
	await typePassword(page, scene, address);
	await expectHeading(page, say(m.second_step_title));
	await inspect(page);
	await page.getByLabel(say(m.second_step_label)).fill(codeOf(secret));
	await page.getByRole('button', { name: say(m.sign_in_submit) }).click();
	await expectHeading(page, say(m.me_title));
	await inspect(page);
	await page.getByRole('banner').locator('summary').click();
	await page.getByRole('link', { name: say(m.layout_office, { city: city.name }) }).click();
	await expectHeading(page, say(m.office_title));
	const inbox = page.getByRole('region', { name: say(m.office_waiting_title) });
	await expect(inbox.getByRole('listitem').getByRole('link')).toHaveText([...waiting]);
	await inspect(page);

	await inbox.getByRole('link', { name: text }).click();
	await expectHeading(page, say(m.office_reply_title));
	await inspect(page);
	await page.getByRole('radio', { name: say(m.office_status_hint_accepted) }).check();
	await page.getByLabel(say(m.office_body_kk_label)).fill(texts.kk);
	await page.getByLabel(say(m.office_body_ru_label)).fill(texts.ru);
	await page.getByRole('button', { name: say(m.office_preview) }).click();
	const preview = page.getByRole('region', { name: say(m.office_preview_title) });
	await expect(preview).toContainText(texts[language === 'ru' ? 'ru' : 'kk']);
	await expect(preview).toContainText(city.akimat);
	await inspect(page);

	await page.getByRole('button', { name: say(m.office_publish) }).click();
	await expect(page.getByRole('status')).toContainText(say(m.office_published_title));
	await expect(page.getByRole('region', { name: say(m.office_waiting_title) })).not.toContainText(text);
	await inspect(page);
	await page.getByRole('link', { name: say(m.office_published_see) }).click();
	await expect(page.getByRole('article').filter({ hasText: text })).toContainText(city.akimat);
	await inspect(page);
}
