import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { deletePassedLimits, forgive, limit, limitAll } from '#lib/server/http/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

/** `confirmation.resend` allows three an hour. */
const attempt = (key: string) => limit(app, 'confirmation.resend', key);

async function endAllWindows(): Promise<void> {
	const window_ends_at = sql<Instant>`clock_timestamp() - interval '1 millisecond'`;
	await app.db.updateTable('rate_limit').set({ window_ends_at }).execute();
}

describe('a limit', () => {
	it('lets through what it allows, then says when to come back', async () => {
		const outcomes = [];
		for (let count = 0; count < 4; count++) outcomes.push(await attempt('one after another'));
		expect(outcomes.slice(0, 3).every((outcome) => outcome.ok)).toBe(true);
		expect(outcomes[3]).toEqual({
			ok: false,
			refusal: { code: 'too_many_requests', detail: 60, retryAfterSeconds: expect.any(Number) as number },
		});
		const left = outcomes[3]!.ok ? 0 : outcomes[3]!.refusal.retryAfterSeconds;
		expect(left).toBeGreaterThan(3_500);
		expect(left).toBeLessThanOrEqual(3_600);
	});

	it('counts one by one what arrives at once', async () => {
		const outcomes = await Promise.all(Array.from({ length: 20 }, () => attempt('all at once')));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(3);
	});

	it('counts anew when the window has passed', async () => {
		for (let count = 0; count < 5; count++) await attempt('later');
		await endAllWindows();
		expect(await attempt('later')).toMatchObject({ ok: true });
		for (let count = 0; count < 2; count++) expect(await attempt('later')).toMatchObject({ ok: true });
		expect(await attempt('later')).toMatchObject({ ok: false });
	});

	it('counts each key and each kind of attempt for itself', async () => {
		for (let count = 0; count < 4; count++) await attempt('mine');
		expect(await attempt('theirs')).toMatchObject({ ok: true });
		expect(await limit(app, 'comment.create', 'mine')).toMatchObject({ ok: true });
	});

	it('is forgiven to who proves to be the rightful one', async () => {
		for (let count = 0; count < 4; count++) await attempt('owner');
		await forgive(app, 'confirmation.resend', 'owner');
		expect(await attempt('owner')).toMatchObject({ ok: true });
	});

	it('does not fill the limit of an account by attempts that were refused before it', async () => {
		const keys = [
			['confirmation.resend', 'full'],
			['residency.account', 'of somebody else'],
		] as const;
		for (let count = 0; count < 3; count++) await attempt('full');
		for (let count = 0; count < 10; count++) {
			expect(await limitAll(app, keys)).toMatchObject({ ok: false });
		}
		expect(await limit(app, 'residency.account', 'of somebody else')).toMatchObject({ ok: true });
	});

	it('G03 names nobody in its table, and is forgotten with its window', async () => {
		await attempt('aigul@mail.invalid 203.0.113.7');
		const { rows } = await sql<{ text: string }>`select rate_limit::text as text from rate_limit`.execute(
			app.db,
		);
		expect(rows.length).toBeGreaterThan(0);
		for (const { text } of rows) expect(text).toMatch(/^\("\\\\x[0-9a-f]{64}",\d+,"[^"]+"\)$/);
		await endAllWindows();
		await deletePassedLimits(app);
		expect(await app.db.selectFrom('rate_limit').select('attempts').execute()).toEqual([]);
	});
});
