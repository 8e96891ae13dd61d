import { sql } from 'kysely';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailId } from '#lib/domain/base/ids.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import { openMailer, queueMail, readMailHealth, sendWaitingMail } from '#lib/server/mail/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { startMailServer } from '#tests/support/mail-server.ts';

const ORIGIN = 'https://budget.test';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

const appWith = (smtpUrl: string): Capabilities =>
	testApp(database.db, { origin: ORIGIN, mailer: openMailer(smtpUrl, 'x <no-reply@budget.test>', ORIGIN) });

async function queueOne(app: Capabilities): Promise<MailId> {
	await app.db.deleteFrom('mail').execute();
	const { accountId } = await anAccount(app.db);
	const id = newId<MailId>(app);
	await transact(app.db, async (tx) => {
		await queueMail(tx, { id, accountId, message: { kind: 'address_taken', parameters: {} } });
		return ok(null);
	});
	return id;
}

const rowOf = (app: Capabilities, id: MailId) =>
	app.db
		.selectFrom('mail')
		.where('id', '=', id)
		.select(['attempts', 'sent_at as sentAt', 'last_error as lastError'])
		.executeTakeFirstOrThrow();

const makeDue = (app: Capabilities) =>
	app.db
		.updateTable('mail')
		.set({ due_at: sql<Instant>`clock_timestamp()` })
		.execute();

async function withServer(
	answer: (socket: Socket) => void,
	work: (url: string) => Promise<void>,
): Promise<void> {
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		answer(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const address = server.address();
	try {
		await work(`smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
	} finally {
		for (const socket of sockets) socket.destroy();
		server.close();
	}
}

// Waits that grow, refusals and crashes: tests/db/mail.test.ts, "the outbox".
describe('H02 a mail server', () => {
	it('that is down costs an attempt, and the mail goes out once it is back', async () => {
		const dead = appWith('smtp://127.0.0.1:9');
		const id = await queueOne(dead);
		expect(await sendWaitingMail(dead)).toBe(0);
		expect(await rowOf(dead, id)).toMatchObject({
			attempts: 1,
			sentAt: null,
			lastError: expect.any(String) as string,
		});
		const mailServer = await startMailServer();
		try {
			const alive = appWith(mailServer.url);
			await makeDue(alive);
			expect(await sendWaitingMail(alive)).toBe(1);
			await makeDue(alive);
			expect(await sendWaitingMail(alive)).toBe(0);
			expect(mailServer.received).toHaveLength(1);
		} finally {
			await mailServer.close();
		}
	});

	// Red without the timeouts of mail/mailer.ts: the job would wait as long as the server likes.
	it('that takes the call and says nothing holds nobody up for long', { timeout: 40_000 }, async () => {
		await withServer(
			() => {},
			async (url) => {
				const app = appWith(url);
				const id = await queueOne(app);
				const started = performance.now();
				expect(await sendWaitingMail(app)).toBe(0);
				expect(performance.now() - started).toBeLessThan(25_000);
				expect(await rowOf(app, id)).toMatchObject({ attempts: 1, sentAt: null });
			},
		);
	});

	it('that speaks another language is a failure like any other, without its words', async () => {
		await withServer(
			(socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\nsomebody@mail.invalid\r\n'),
			async (url) => {
				const app = appWith(url);
				const id = await queueOne(app);
				expect(await sendWaitingMail(app)).toBe(0);
				const { lastError } = await rowOf(app, id);
				expect(lastError).not.toContain('@');
			},
		);
	});

	it('that has failed for good is shown to administrators', async () => {
		const app = appWith('smtp://127.0.0.1:9');
		const id = await queueOne(app);
		await app.db
			.updateTable('mail')
			.set({ attempts: 8, last_error: 'ECONNREFUSED' })
			.where('id', '=', id)
			.execute();
		expect(JSON.stringify(await readMailHealth(app.db))).toContain('1');
		await makeDue(app);
		expect(await sendWaitingMail(app)).toBe(0);
		expect(await rowOf(app, id)).toMatchObject({ attempts: 8 });
	});
});

it.todo('H02 a mail that comes back: nothing reads the mailbox of the sender yet');
