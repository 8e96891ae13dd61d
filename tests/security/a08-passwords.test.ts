import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { signInBy } from '#tests/support/factories/browser.ts';
import { anAddress, aRegistration, registerAndConfirm } from '#tests/support/factories/registration.ts';
import { testApp } from '#tests/support/app.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

let database: TestDatabase;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const register = (password: string): Promise<Answer> =>
	new HttpBrowser(server.url).post('/kk/register', {
		displayName: 'Жұлдыз',
		email: anAddress(),
		password,
		consent: 'yes',
	});

async function anAccountWith(password: string): Promise<string> {
	const address = anAddress();
	const app = testApp(database.db, { keys: testKeys });
	await registerAndConfirm(app, aRegistration({ address, password }));
	return address;
}

const signIn = (email: string, password: string): Promise<Answer> =>
	new HttpBrowser(server.url).post('/kk/sign-in', { email, password });

describe('A08', () => {
	it.each([
		['of a million bytes', 'a'.repeat(1_000_000)],
		['with NUL inside', 'three\u0000unlikely words'],
		['of spaces only', ' '.repeat(30)],
		['that everybody guesses', 'password1234'],
		['made of the name beside it', 'жұлдыз 1990'],
		['typed with the keyboard in the wrong language', 'gfhjkm123456'],
	])('a password %s is refused with words, and never comes back on the page', async (_, password) => {
		const { status, body } = await register(password);
		// The server may cut off a body before it is a form.
		expect([400, 413]).toContain(status);
		if (status === 400) expect(body).toContain('id="field-password-error"');
		expect(body).not.toContain(password);
	});

	it('every byte of a long password counts: none is cut, as bcrypt cuts after 72', async () => {
		const long = 'ұзын құпиясөздің әр таңбасы маңызды '.repeat(3);
		const address = await anAccountWith(`${long}А`);
		expect((await signIn(address, `${long}Б`)).status).toBe(400);
		expect((await signIn(address, long)).status).toBe(400);
		await signInBy(server.url, address, `${long}А`);
	});

	it('a letter composed of two signs is the same letter', async () => {
		const password = 'Йошкин ёлочный май';
		const address = await anAccountWith(password.normalize('NFC'));
		await signInBy(server.url, address, password.normalize('NFD'));
	});
});
