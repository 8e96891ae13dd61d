import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInvitation } from '#lib/server/identity/index.ts';
import { fromRoot } from '#scripts/lib/root.mjs';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { anAddress } from '#tests/support/factories/registration.ts';
import type { CityId } from '#lib/domain/base/ids.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	// Both roles prove the server, and the one that serves cannot make it.
	await sql`create extension if not exists pg_trgm`.execute(database.owner);
});
afterAll(() => database.close());

type Ended = { readonly code: number | null; readonly said: string; readonly complained: string };

/** The part of the command that runs on Node 24, as the entry script starts it. */
function invite(parameters: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> {
	const child = spawn(process.execPath, [fromRoot('scripts', 'run', 'admin-invite.ts'), ...parameters], {
		env: {
			...process.env,
			DATABASE_URL: database.url,
			MIGRATE_DATABASE_URL: database.ownerUrl,
			SECRET_KEY: 'a secret of the tests, long enough',
			PERSON_KEY: 'another of the tests, long enough',
			ORIGIN: 'https://budget.example',
			...variables,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [said, complained]: [string[], string[]] = [[], []];
	child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => complained.push(chunk.toString()));
	return new Promise((resolve) => {
		child.on('close', (code) => resolve({ code, said: said.join(''), complained: complained.join('') }));
	});
}

// Each run is a process that first proves the database server.
describe('npm run admin:invite', { timeout: 90_000 }, () => {
	it('prints a link that makes an administrator, and a new one that voids the last', async () => {
		const address = anAddress();
		const tokens: string[] = [];
		for (let turn = 0; turn < 2; turn++) {
			const { code, said, complained } = await invite([address]);
			expect([code, complained]).toEqual([0, '']);
			const link = /^https:\/\/budget\.example\/kk\/invitation\?token=(\S+)$/m.exec(said);
			tokens.push(link?.[1] ?? '');
		}
		const [first, second] = await Promise.all(tokens.map((token) => findInvitation(database.db, token)));
		expect(first).toMatchObject({ state: 'withdrawn', role: 'administrator' });
		expect(second).toMatchObject({ state: 'waiting', role: 'administrator', email: address });
	});

	it('refuses what is no address, in one line', async () => {
		const { code, said, complained } = await invite(['a@b.kz\nBcc: c@d.kz']);
		expect([code, said]).toEqual([1, '']);
		expect(complained.trim()).toMatch(/^[^\n]+$/);
		expect(await invite(['a@b.kz', 'c@d.kz'])).toMatchObject({ code: 1, said: '' });
	});

	it('refuses an official, who cannot be both', async () => {
		const { accountId } = await anOfficial(database.db, 'taraz' as CityId);
		const { email } = await database.db
			.selectFrom('account')
			.where('id', '=', accountId)
			.select('email')
			.executeTakeFirstOrThrow();
		const { code, complained } = await invite([email]);
		expect(code).toBe(1);
		expect(complained).toMatch(/official/);
	});

	it('asks for the secrets of the server, without which its link would open nothing', async () => {
		const { code, complained } = await invite([anAddress()], { SECRET_KEY: '' });
		expect(code).toBe(1);
		expect(complained).toMatch(/SECRET_KEY/);
	});
});
