import type { Browser, CDPSession, Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { listenForComplaints } from '#tests/support/complaints.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import {
	anAddress,
	aRegistration,
	PASSWORD,
	registerAndConfirm,
} from '#tests/support/factories/registration.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { expect, test as base } from '#tests/support/fixtures.ts';
import { startTestServer } from '#tests/support/server.ts';
import { inspect, inspectInTheDark, inspectOnAPhone } from './visit.ts';
import { wordsOf } from './words.ts';

const say = wordsOf('kk');
const NAME = 'Үйдегі телефон';

/** A server at a name: browsers make no passkeys at a number. */
const test = base.extend<object, { named: BuiltServer }>({
	named: [
		async ({ database }, use) => {
			const named = await startTestServer(database, {}, 'localhost');
			await use(named);
			await named.stop();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
});

async function aStaffMember(
	database: TestDatabase,
): Promise<{ page(browser: Browser, url: string): Promise<Page> }> {
	const app = testApp(database.db);
	const accountId = await registerAndConfirm(app, aRegistration({ address: anAddress() }));
	await database.db
		.insertInto('role_grant')
		.values({ account_id: accountId, role: 'analyst', city_id: null })
		.execute();
	const session = await aSession(database, accountId, { secondFactorGiven: false });
	return {
		async page(browser, url) {
			const context = await browser.newContext({ baseURL: url });
			await context.addCookies([{ ...session, url, httpOnly: true, sameSite: 'Lax' }]);
			return await context.newPage();
		},
	};
}

/** A device of Chromium's own, which says that it knows its user, or that it does not. */
async function plugIn(page: Page): Promise<{ readonly cdp: CDPSession; readonly authenticatorId: string }> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
			...{ isUserVerified: true, automaticPresenceSimulation: true },
		},
	});
	return { cdp, authenticatorId };
}

test('somebody adds a passkey, signs in by it, renames and removes it', async ({
	browser,
	database,
	named,
}) => {
	const member = await aStaffMember(database);
	const page = await member.page(browser, named.url);
	const complaints = listenForComplaints(page.context(), named.url);
	const { cdp, authenticatorId } = await plugIn(page);

	await page.goto('/kk/me/security');
	await page.getByRole('link', { name: say(m.passkey_add_title) }).click();
	await inspect(page);
	await inspectOnAPhone(page);
	const add = page.getByRole('button', { name: say(m.passkey_add_submit) });
	await page.getByLabel(say(m.passkey_name_label)).fill(NAME);
	await page.getByLabel(say(m.password_current_label)).fill('not this one');
	await add.click();
	await expect(page.getByRole('alert')).toContainText(say(m.refusal_password_wrong));
	await inspect(page);
	await page.getByLabel(say(m.passkey_name_label)).fill(NAME);
	await page.getByLabel(say(m.password_current_label)).fill(PASSWORD);
	await add.click();
	await expect(page.getByText(say(m.passkey_done_added))).toBeVisible();
	await expect(page.getByText(NAME, { exact: true }).first()).toBeVisible();
	await expect(page.getByText(say(m.passkey_unused))).toBeVisible();
	await inspect(page);
	await inspectOnAPhone(page);
	await inspectInTheDark(page);

	// Signed out, and in again by the passkey alone: that session counts for staff.
	await page.context().clearCookies();
	await page.goto('/kk/sign-in');
	await page.getByRole('link', { name: say(m.passkey_sign_in_title) }).click();
	await inspect(page);
	await inspectOnAPhone(page);
	const signIn = page.getByRole('button', { name: say(m.passkey_sign_in_action), exact: true });
	await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
	await signIn.click();
	await expect(page.getByRole('alert')).toContainText(say(m.refusal_passkey_refused));
	await inspect(page);
	await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
	await signIn.click();
	await expect(page).toHaveURL(/\/kk\/me$/);
	await page.goto('/kk/me/security');
	await expect(page.getByRole('heading', { name: say(m.security_staff_title) })).toBeHidden();
	await expect(page.getByText(say(m.passkey_unused))).toBeHidden();

	await page.getByRole('link', { name: say(m.passkey_change) }).click();
	await inspect(page);
	await inspectOnAPhone(page);
	await page.getByLabel(say(m.passkey_name_label)).fill('Кеңседегі компьютер');
	await page.getByRole('button', { name: say(m.passkey_rename_submit) }).click();
	await expect(page.getByText(say(m.passkey_done_renamed))).toBeVisible();
	await page.getByRole('link', { name: say(m.passkey_change) }).click();
	await page.getByLabel(say(m.password_current_label)).fill(PASSWORD);
	await page.getByRole('button', { name: say(m.passkey_remove_submit), exact: true }).click();
	await expect(page.getByText(say(m.passkey_done_removed))).toBeVisible();

	// The device has it still; here it opens nothing any more.
	await page.context().clearCookies();
	await page.goto('/kk/sign-in/passkey');
	await signIn.click();
	await expect(page.getByRole('alert')).toContainText(say(m.refusal_passkey_refused));
	expect(complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
	await page.context().close();
});

test(
	'with scripts there is a button, without them a sentence about what a passkey needs',
	{ tag: '@no-javascript' },
	async ({ browser, database, named }) => {
		const hasScripts = test.info().project.name !== 'no-javascript';
		const member = await aStaffMember(database);
		const page = await member.page(browser, named.url);
		const pages = [
			['/kk/me/security/passkey', say(m.passkey_add_submit)],
			['/kk/sign-in/passkey', say(m.passkey_sign_in_action)],
		] as const;
		for (const [path, action] of pages) {
			await page.goto(path);
			const button = page.getByRole('button', { name: action, exact: true });
			await expect(hasScripts ? button : page.getByText(say(m.passkey_needs_script))).toBeVisible();
			await expect(button).toHaveCount(hasScripts ? 1 : 0);
			await inspect(page);
		}
		await page.context().close();
	},
);
