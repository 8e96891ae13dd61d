import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitSome } from '#lib/server/http/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';
import { countWaiting, untilSomeoneWaits } from '#tests/support/waiting.ts';

let database: TestDatabase;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database, { SHUTDOWN_TIMEOUT: '20', DATABASE_POOL: '32' });
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** While this lock is held, every page that reads the city waits. */
async function holdCities(): Promise<() => Promise<void>> {
	const held = Promise.withResolvers<void>();
	const taken = Promise.withResolvers<void>();
	const blocker = database.owner.transaction().execute(async (tx) => {
		await sql`lock table city in access exclusive mode`.execute(tx);
		taken.resolve();
		await held.promise;
	});
	await taken.promise;
	return async () => {
		held.resolve();
		await blocker;
	};
}

describe('H06 more requests than can be answered', () => {
	const PAGE = 'come again';
	const aRush = (admit: ReturnType<typeof admitSome>, count: number) => {
		const held = Promise.withResolvers<void>();
		const answers = Array.from({ length: count }, () =>
			admit('/[lang=lang]', async () => {
				await held.promise;
				return new Response('answered');
			}),
		);
		return { answers, release: held.resolve };
	};

	// Red without the first lines of `admitSome` in http/shed-load.ts.
	it('are sent away at once with a time to come back, and those inside are answered', async () => {
		const admit = admitSome(PAGE, 100);
		const { answers, release } = aRush(admit, 500);
		const refused = await Promise.all(answers.slice(100));
		for (const answer of refused) {
			expect(answer.status).toBe(503);
			expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		}
		expect(await refused[0]!.text()).toBe(PAGE);
		release();
		const inside = await Promise.all(answers.slice(0, 100));
		expect(inside.every(({ status }) => status === 200)).toBe(true);
	});

	it('leave nothing behind, also where answering failed', async () => {
		const admit = admitSome(PAGE, 2);
		const failing = () => Promise.reject(new Error('a failure'));
		for (let count = 0; count < 5; count++) await expect(admit(null, failing)).rejects.toThrow('a failure');
		const { answers, release } = aRush(admit, 2);
		release();
		expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
	});

	it('do not make whoever watches believe that the server is dead', async () => {
		const admit = admitSome(PAGE, 0);
		for (const route of ['/healthz', '/readyz']) {
			expect((await admit(route, async () => new Response('ok'))).status).toBe(200);
		}
	});

	it.todo('H06 five times what the server can answer, for a minute: a benchmark, which is not built yet');
});

describe('H04 a server that is told to stop', () => {
	// Red when the process ends at SIGTERM: without the adapter's graceful shutdown, or with SHUTDOWN_TIMEOUT=0.
	it('answers what is under way, takes nothing new, and ends by itself', { timeout: 60_000 }, async () => {
		const release = await holdCities();
		const underWay: ReturnType<HttpBrowser['get']>[] = [];
		// One after the other: what the server has not accepted yet when it stops listening, the kernel resets.
		for (let sent = 0; sent < 8; sent++) {
			const waiting = await countWaiting(database);
			underWay.push(new HttpBrowser(server.url).get(`/kk/taraz?n=${sent}`));
			await untilSomeoneWaits(database, waiting);
		}
		process.kill(server.pid, 'SIGTERM');
		await expect
			.poll(() =>
				fetch(`${server.url}/healthz`).then(
					() => 'answered',
					() => 'refused',
				),
			)
			.toBe('refused');
		await release();
		const answers = await Promise.all(underWay);
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		await expect.poll(() => isAlive(server.pid), { timeout: 20_000 }).toBe(false);
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
			where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`.execute(database.owner);
		expect(rows).toEqual([{ count: 0 }]);
	});
});

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
