import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	acceptInvitation,
	beginSignIn,
	findActor,
	findHalfSignIn,
	resetPassword,
	revokeRole,
	signIn,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSignedInBrowser, aThief, isSignedIn, signInBy } from '#tests/support/factories/browser.ts';
import { anAdministrator, anInvitation } from '#tests/support/factories/invitation.ts';
import { aJar, anAddress, latestToken, PASSWORD, toEmail } from '#tests/support/factories/registration.ts';
import { aSecondFactor } from '#tests/support/factories/second-factor.ts';
import { permitFor } from '#tests/support/permit.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

let database: TestDatabase;
let app: Capabilities;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const idOf = (body: string): string => /name="id" value="([0-9a-f-]{36})"/.exec(body)?.[1] ?? '';

/** Seen red without `endAllSessions` in each of the acts, and without `.where('id', …)` of `endOneSession`. */
describe('A05 a stolen cookie is refused at the next request', () => {
	it('after signing out everywhere', async () => {
		const { browser, address } = await aSignedInBrowser(app, server.url);
		const owner = await signInBy(server.url, address);
		const thief = aThief(server.url, browser);
		expect(await isSignedIn(thief)).toBe(true);
		const answer = await owner.post('/kk/me/sessions?/endAll', {});
		expect(answer).toMatchObject({ status: 303, location: '/kk/sign-in?ended=yes' });
		expect(owner.cookies.has('session')).toBe(false);
		for (const device of [thief, browser, owner]) expect(await isSignedIn(device)).toBe(false);
	});

	it('after its owner ends that session alone', async () => {
		const { browser, address } = await aSignedInBrowser(app, server.url);
		const owner = await signInBy(server.url, address);
		const thief = aThief(server.url, browser);
		const { body } = await owner.get('/kk/me/sessions');
		await owner.post('/kk/me/sessions?/end', { id: idOf(body) });
		expect(await isSignedIn(thief)).toBe(false);
		expect(await isSignedIn(owner)).toBe(true);
	});

	it('but the list of one account ends nothing of another', async () => {
		const { browser: victim, address } = await aSignedInBrowser(app, server.url);
		const second = await signInBy(server.url, address);
		const id = idOf((await victim.get('/kk/me/sessions')).body);
		expect(id).not.toBe('');
		const { browser: stranger } = await aSignedInBrowser(app, server.url);
		expect(await stranger.post('/kk/me/sessions?/end', { id })).toMatchObject({ status: 303 });
		expect(await isSignedIn(second)).toBe(true);
	});

	it('after a change of password, which leaves its owner signed in under a new id', async () => {
		const { browser } = await aSignedInBrowser(app, server.url);
		const thief = aThief(server.url, browser);
		const fields = { password: PASSWORD, newPassword: 'another set of words' };
		expect(await browser.post('/kk/me/password', fields)).toMatchObject({ location: '/kk/me?done=password' });
		expect(await isSignedIn(thief)).toBe(false);
		expect(await isSignedIn(browser)).toBe(true);
		expect(browser.cookies.get('session')).not.toBe(thief.cookies.get('session'));
	});

	it('after a forgotten password was set anew', async () => {
		const { browser, accountId, address } = await aSignedInBrowser(app, server.url);
		await new HttpBrowser(server.url).post('/kk/sign-in/forgotten', { email: address });
		const token = await latestToken(app, accountId, 'reset_password');
		const owner = new HttpBrowser(server.url);
		const answer = await owner.post('/kk/reset', { token, newPassword: 'another set of words' });
		expect(answer).toMatchObject({ status: 303, location: '/kk/sign-in?reset=yes' });
		for (const device of [browser, owner]) expect(await isSignedIn(device)).toBe(false);
	});

	it('after the account was moved to another address', async () => {
		const { browser, accountId } = await aSignedInBrowser(app, server.url);
		const thief = aThief(server.url, browser);
		const fields = { email: anAddress(), password: PASSWORD };
		expect(await browser.post('/kk/me/email', fields)).toMatchObject({ location: '/kk/me/email?sent=yes' });
		expect(await isSignedIn(thief)).toBe(true);
		const token = await latestToken(app, accountId, 'confirm_new_email');
		const answer = await new HttpBrowser(server.url).post('/kk/new-email', { token, password: PASSWORD });
		expect(answer).toMatchObject({ status: 303, location: '/kk/sign-in?moved=yes' });
		for (const device of [thief, browser]) expect(await isSignedIn(device)).toBe(false);
	});

	it('after the old address was restored', async () => {
		const { browser, accountId, address } = await aSignedInBrowser(app, server.url);
		await browser.post('/kk/me/email', { email: anAddress(), password: PASSWORD });
		const confirmation = await latestToken(app, accountId, 'confirm_new_email');
		await browser.post('/kk/new-email', { token: confirmation });
		const moved = await app.db
			.selectFrom('account')
			.where('id', '=', accountId)
			.select('email')
			.executeTakeFirstOrThrow();
		const thief = await signInBy(server.url, moved.email);
		const token = await latestToken(app, accountId, 'email_changed');
		const owner = new HttpBrowser(server.url);
		const answer = await owner.post('/kk/restore-email', { token, newPassword: 'another set of words' });
		expect(answer).toMatchObject({ status: 303, location: '/kk/sign-in?restored=yes' });
		expect(await isSignedIn(thief)).toBe(false);
		await signInBy(server.url, address, 'another set of words');
	});

	it('after its account was deleted', async () => {
		const { browser } = await aSignedInBrowser(app, server.url);
		const thief = aThief(server.url, browser);
		const answer = await browser.post('/kk/me/delete', { password: PASSWORD });
		expect(answer).toMatchObject({ status: 303, location: '/kk/sign-in?deleted=yes' });
		expect(browser.cookies.size).toBe(0);
		expect(await isSignedIn(thief)).toBe(false);
	});

	// Red without `isStillProven` in identity/begin-sign-in.ts.
	it.each([false, true])('by a sign-in that a new password overtakes (second factor: %s)', async (hasApp) => {
		const { accountId, address } = await aSignedInBrowser(app, server.url);
		if (hasApp) await aSecondFactor(app, accountId);
		const proven = await signIn(app, { email: toEmail(address), password: PASSWORD });
		if (!proven.ok) throw new Error(proven.refusal.code);
		await new HttpBrowser(server.url).post('/kk/sign-in/forgotten', { email: address });
		const token = await latestToken(app, accountId, 'reset_password');
		const next = parseNewPassword('another set of words');
		if (!next.ok) throw new Error(next.refusal.code);
		expect(await resetPassword(app, { token, next: next.value })).toMatchObject({ ok: true });
		const jar = aJar();
		expect(await beginSignIn(app, jar, proven.value, null)).toBeNull();
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await findHalfSignIn(app, jar)).toBeNull();
	});

	it('after its account was given a role', async () => {
		const { browser, accountId, address } = await aSignedInBrowser(app, server.url);
		const { token } = await anInvitation(app, { address });
		const invited = { ...(await anAccount(app.db)), accountId };
		const accepted = await acceptInvitation(
			app,
			permitFor(invited, 'invitation.accept', { cityId: null }),
			token,
		);
		expect(accepted).toMatchObject({ ok: true });
		expect(await isSignedIn(browser)).toBe(false);
	});

	it('after a role of its account was taken back', async () => {
		const { browser, accountId } = await aSignedInBrowser(app, server.url);
		await app.db
			.insertInto('role_grant')
			.values({ account_id: accountId, role: 'analyst', city_id: null })
			.execute();
		const permit = permitFor(await anAdministrator(app), 'role.revoke', { cityId: null });
		expect(await revokeRole(app, permit, { accountId, role: 'analyst' })).toMatchObject({ ok: true });
		expect(await isSignedIn(browser)).toBe(false);
	});
});
