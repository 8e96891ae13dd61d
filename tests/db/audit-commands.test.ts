import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '#lib/domain/base/result.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import { transact } from '#lib/server/db/transact.ts';
import { fromRoot } from '#scripts/lib/root.mjs';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	// Both roles prove the server, and the one that serves cannot make it.
	await sql`create extension pg_trgm`.execute(database.owner);
	const app = testApp(database.db);
	for (const id of ['1', '2', '3']) {
		const act = {
			actorId: null,
			cityId: null,
			action: 'response.publish',
			subject: { kind: 'comment', id },
		} as const;
		await transact(app.db, async (tx) => ok(await recordAct(tx, app, act)));
	}
});
afterAll(() => database.close());

type Ended = { readonly code: number | null; readonly said: string; readonly complained: string };

/** The part of a command that runs on Node 24, as the entry script starts it. */
function run(file: string, ...parameters: readonly string[]): Promise<Ended> {
	const child = spawn(process.execPath, [fromRoot('scripts', 'run', file), ...parameters], {
		env: { ...process.env, DATABASE_URL: database.url, MIGRATE_DATABASE_URL: database.ownerUrl },
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
describe('npm run audit:verify', { timeout: 90_000 }, () => {
	it('prints a head which a later check, with more entries, proves', async () => {
		const first = await run('audit-verify.ts');
		expect(first).toMatchObject({ code: 0, complained: '' });
		const head = /^Head: (\d+:[0-9a-f]{64})$/m.exec(first.said)?.[1];
		expect(head).toBeDefined();

		expect(await run('audit-erase.ts', '2')).toMatchObject({ code: 0, complained: '' });
		const second = await run('audit-verify.ts', '--head', head!);
		expect(second).toMatchObject({ code: 0, complained: '' });
		expect(second.said).toMatch(/the details of \d+ were erased/);
		expect(second.said).not.toContain(head);
	});

	it('ends with 1 and names the entry where the log is not the one that was noted', async () => {
		const noted = await run('audit-verify.ts', '--head', `1:${'0'.repeat(64)}`);
		expect(noted.code).toBe(1);
		expect(noted.complained).toMatch(/^The audit log is broken at entry 1: it is not the one that was noted/);
		const cut = await run('audit-verify.ts', '--head', `900:${'0'.repeat(64)}`);
		expect(cut.code).toBe(1);
		expect(cut.complained).toMatch(/broken at entry \d: it and all after it, up to the head .* were cut off/);
	});

	it('ends with 2 where it could not check', async () => {
		for (const parameters of [['--head', '7'], ['--haed', '7'], ['7']]) {
			const { code, complained } = await run('audit-verify.ts', ...parameters);
			expect(code, parameters.join(' ')).toBe(2);
			expect(complained.trim()).not.toContain('\n');
		}
	});
});

describe('npm run audit:erase', { timeout: 90_000 }, () => {
	it('erases once, what is there', async () => {
		expect(await run('audit-erase.ts', '1')).toMatchObject({ code: 0 });
		expect(await run('audit-erase.ts', '1')).toMatchObject({
			code: 1,
			complained: 'The details of this entry were erased before.\n',
		});
		expect(await run('audit-erase.ts', '900')).toMatchObject({
			code: 1,
			complained: 'The audit log has no such entry.\n',
		});
		expect((await run('audit-erase.ts', 'all')).complained).toMatch(/by its number/);
	});
});
