import type { Page } from '@playwright/test';
import type { CityId } from '#lib/domain/base/ids.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { listenForComplaints } from '#tests/support/complaints.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { expect, test as base } from '#tests/support/fixtures.ts';
import { startIdentityProvider, type TestIdentityProvider } from '#tests/support/identity-provider.ts';
import { startTestServer } from '#tests/support/server.ts';
import { inspect, inspectInTheDark, inspectOnAPhone } from './visit.ts';
import { wordsOf } from './words.ts';

const CITY = 'taraz' as CityId;
const say = wordsOf('kk');
const withAndWithoutScripts = { tag: '@no-javascript' };
const name = 'Test eID';

type Place = { readonly server: BuiltServer; readonly provider: TestIdentityProvider };

/** A server of its own, which knows a provider of identities. */
const test = base.extend<object, { place: Place }>({
	place: [
		async ({ database }, use) => {
			const provider = await startIdentityProvider();
			const server = await startTestServer(database, provider.variables);
			provider.knowApplication(server.url);
			await use({ server, provider });
			await server.stop();
			await provider.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
});

/** The form is sent, and the page of the provider is there: by a script at once, else by the link. */
async function depart(page: Page): Promise<void> {
	await page.getByRole('button', { name: say(m.residency_oidc_submit, { name }) }).click();
	const link = page.getByRole('link', { name: say(m.residency_oidc_leave_action, { name }) });
	const there = page.getByLabel('Name');
	await expect(link.or(there)).toBeVisible();
	if (test.info().project.name === 'no-javascript') {
		await inspect(page);
		await link.click();
	}
	await expect(there).toBeVisible();
}

test(
	'a resident is confirmed by a provider of identities',
	withAndWithoutScripts,
	async ({ browser, database, place: { server, provider } }) => {
		const context = await browser.newContext({ baseURL: server.url });
		const { accountId } = await anAccount(database.db);
		const session = await aSession(database, accountId);
		await context.addCookies([{ ...session, url: server.url, httpOnly: true, sameSite: 'Lax' }]);
		const page = await context.newPage();
		await page.goto(`/kk/me/residency?city=${CITY}&next=/kk/${CITY}`);
		await expect(page.getByText(say(m.residency_oidc_kept))).toBeVisible();
		await inspect(page);
		await inspectOnAPhone(page);
		await inspectInTheDark(page);
		await page.getByLabel(say(m.residency_age_label)).selectOption('45-59');

		await depart(page);
		await page.getByRole('button', { name: 'Sign in' }).click();
		const summary = page.getByRole('alert', { name: say(m.ui_errors_title) });
		await expect(summary).toBeFocused();
		await expect(summary).toContainText(say(m.refusal_provider_declined));
		await inspect(page);
		await expect(page.getByLabel(say(m.residency_age_label))).toHaveValue('45-59');

		const [iin] = listArtificialIins(1);
		await depart(page);
		await page.getByLabel('Name').fill(provider.addPerson({ iin, address: { locality: 'Тараз қаласы' } }));
		await page.getByRole('button', { name: 'Sign in' }).click();
		await expect(page).toHaveURL(`${server.url}/kk/${CITY}`);
		// Of the foreign page nothing is asked; of ours, that no browser complains.
		const complaints = listenForComplaints(context, server.url);
		await page.goto('/kk/me');
		expect(complaints).toEqual([]);
		const residency = await database.db
			.selectFrom('residency')
			.where('account_id', '=', accountId)
			.select(['method', 'age_band as ageBand'])
			.executeTakeFirst();
		expect(residency).toEqual({ method: 'oidc', ageBand: '45-59' });
		await context.close();
	},
);
