import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import {
	deleteOldMail,
	openMailer,
	queueMail,
	renderMail,
	sendWaitingMail,
	type MailMessage,
} from '#lib/server/mail/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { latestToken, register, aRegistration } from '#tests/support/factories/registration.ts';
import { startMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { readMail } from '#tests/support/read-mail.ts';

let database: TestDatabase;
let server: MailServer;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
});
beforeEach(async () => {
	server = await startMailServer();
	const origin = 'https://budget.test';
	const mailer = openMailer(server.url, 'Ortaq Budget <no-reply@budget.test>', origin);
	app = testApp(database.db, { mailer, origin });
	// What an earlier test left waiting is not this one's.
	await database.db.deleteFrom('mail').execute();
});
afterEach(async () => {
	await server.close();
});
afterAll(async () => {
	await database.close();
});

async function queue(
	accountId: AccountId,
	message: MailMessage = { kind: 'address_taken', parameters: {} },
): Promise<MailId> {
	const id = newId<MailId>(app);
	await transact(app.db, async (tx) => {
		await queueMail(tx, { id, accountId, message });
		return ok(null);
	});
	return id;
}

async function anyAccount(): Promise<AccountId> {
	return (await anAccount(app.db)).accountId;
}

function rowOf(id: MailId) {
	return app.db
		.selectFrom('mail')
		.where('id', '=', id)
		.select(['attempts', 'last_error as lastError'])
		.select(sql<boolean>`sent_at is not null`.as('sent'))
		.select(sql<number>`round(extract(epoch from due_at - clock_timestamp()) / 60)::int`.as('minutesLeft'))
		.executeTakeFirstOrThrow();
}

async function makeDue(id: MailId): Promise<void> {
	const due_at = sql<Instant>`clock_timestamp()`;
	await app.db.updateTable('mail').set({ due_at }).where('id', '=', id).execute();
}

describe('the outbox', () => {
	it('holds a mail exactly when the change that causes it is kept', async () => {
		const accountId = await anyAccount();
		const id = newId<MailId>(app);
		await transact(app.db, async (tx) => {
			await queueMail(tx, { id, accountId, message: { kind: 'address_taken', parameters: {} } });
			return refused({ code: 'no' });
		});
		const rows = await app.db.selectFrom('mail').where('id', '=', id).select('id').execute();
		expect(rows).toEqual([]);
	});

	it('goes out in the language of the account, with links to our origin alone', async () => {
		const address = 'aigul+budget@mail.invalid';
		const accountId = await register(app, aRegistration({ address, language: 'ru' }));
		expect(await sendWaitingMail(app)).toBe(1);
		expect(server.received).toHaveLength(1);
		const [mail] = server.received;
		expect(mail?.to).toEqual([address]);
		const { subject, body, headers } = readMail(mail!.source);
		expect(subject).toBe('Подтвердите адрес почты');
		expect(body).toContain('Здравствуйте!');
		expect(body.match(/https?:\/\/\S+/g)).toEqual([
			`https://budget.test/ru/confirm?token=${await latestToken(app, accountId)}`,
			'https://budget.test/ru',
		]);
		expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
		expect(headers).toMatch(/^Message-ID: <[0-9a-f-]{36}@budget\.test>$/m);
	});

	it('is sent once, also by several servers at once', async () => {
		const accountId = await anyAccount();
		const ids = await Promise.all(Array.from({ length: 12 }, () => queue(accountId)));
		const counts = await Promise.all([sendWaitingMail(app), sendWaitingMail(app), sendWaitingMail(app)]);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
		expect(server.received).toHaveLength(ids.length);
		expect(await sendWaitingMail(app)).toBe(0);
	});

	it('H02 waits longer after each failure, names no address in it, and gives up in the end', async () => {
		const id = await queue(await anyAccount());
		server.refuseWith(450);
		const waits: number[] = [];
		for (let attempt = 1; attempt <= 8; attempt++) {
			await makeDue(id);
			expect(await sendWaitingMail(app)).toBe(0);
			waits.push((await rowOf(id)).minutesLeft);
		}
		expect(waits).toEqual([1, 4, 16, 64, 256, 720, 720, 720]);
		expect(await rowOf(id)).toMatchObject({ sent: false, attempts: 8, lastError: 'EENVELOPE 450' });
		server.refuseWith(null);
		await makeDue(id);
		expect(await sendWaitingMail(app)).toBe(0);
	});

	it('H02 goes out after the mail server has come back', async () => {
		const id = await queue(await anyAccount());
		server.refuseWith(451);
		await sendWaitingMail(app);
		server.refuseWith(null);
		expect(await sendWaitingMail(app)).toBe(0);
		await makeDue(id);
		expect(await sendWaitingMail(app)).toBe(1);
		expect(await rowOf(id)).toMatchObject({ sent: true, attempts: 2, lastError: null });
	});

	it('does not let one bad address hold up the others', async () => {
		const accountId = await anyAccount();
		const bad = await queue(await register(app, aRegistration()));
		const good = await queue(accountId);
		const { mailer } = app;
		const picky: Capabilities = {
			...app,
			mailer: async (mail) => {
				if (mail.id === bad) throw new Error('refused');
				await mailer!(mail);
			},
		};
		await sendWaitingMail(picky);
		expect(await rowOf(bad)).toMatchObject({ sent: false, lastError: 'unknown failure' });
		expect(await rowOf(good)).toMatchObject({ sent: true });
	});

	it('is taken up again some minutes after a crash, the one mail that was under way', async () => {
		const [first, second] = [await queue(await anyAccount()), await queue(await anyAccount())];
		let underWay: MailId | null = null;
		const crashing: Capabilities = {
			...app,
			mailer: async (mail) => {
				underWay = mail.id;
				return new Promise(() => {});
			},
		};
		void sendWaitingMail(crashing);
		await expect.poll(() => underWay).toBe(first);
		expect(await sendWaitingMail(app)).toBe(1);
		expect(await rowOf(second)).toMatchObject({ sent: true });
		expect(await rowOf(first)).toMatchObject({ sent: false, attempts: 1, minutesLeft: 5 });
		await makeDue(first);
		expect(await sendWaitingMail(app)).toBe(1);
		expect(await rowOf(first)).toMatchObject({ sent: true, attempts: 2 });
	});

	it('stays where no mail server is configured', async () => {
		const id = await queue(await anyAccount());
		expect(await sendWaitingMail({ ...app, mailer: null })).toBe(0);
		expect(await rowOf(id)).toMatchObject({ attempts: 0 });
	});

	it('never leaves a demonstration, mail server or not', async () => {
		const id = await queue(await anyAccount());
		await app.db.insertInto('demonstration').values({ seed: 1 }).execute();
		try {
			expect(await sendWaitingMail(app)).toBe(0);
			expect(server.received).toEqual([]);
			expect(await rowOf(id)).toMatchObject({ attempts: 0 });
		} finally {
			await app.db.deleteFrom('demonstration').execute();
		}
	});

	it('goes where it is addressed, in the language given, and forgets an address without an account', async () => {
		const accountId = await anyAccount();
		const [moved, nobody, never] = [newId<MailId>(app), newId<MailId>(app), newId<MailId>(app)];
		await transact(app.db, async (tx) => {
			const parameters = {};
			const address = 'other@mail.invalid';
			await queueMail(tx, { id: moved, accountId, address, message: { kind: 'email_changed', parameters } });
			const message = { kind: 'no_account', parameters } as const;
			const to = { accountId: null, address: 'nobody@mail.invalid', language: 'ru' } as const;
			await queueMail(tx, { id: nobody, message, ...to });
			await queueMail(tx, { id: never, message, ...to });
			return ok(null);
		});
		const due_at = sql<Instant>`clock_timestamp() + interval '1 day'`;
		await app.db.updateTable('mail').set({ due_at }).where('id', '=', never).execute();
		expect(await sendWaitingMail(app)).toBe(2);
		const sent = new Map(server.received.map(({ to, source }) => [to.join(), readMail(source).body]));
		expect([...sent.keys()].sort()).toEqual(['nobody@mail.invalid', 'other@mail.invalid']);
		expect(sent.get('other@mail.invalid')).toContain('Сәлеметсіз бе!');
		expect(sent.get('nobody@mail.invalid')).toContain('Здравствуйте!');
		const left = async () => {
			const rows = await app.db.selectFrom('mail').select('id').execute();
			return new Set(rows.map(({ id }) => id));
		};
		expect(await left()).toEqual(new Set([moved, never]));
		const queued_at = sql<Instant>`clock_timestamp() - interval '8 days'`;
		await app.db.updateTable('mail').set({ queued_at }).execute();
		await deleteOldMail(app);
		expect(await left()).toEqual(new Set([moved]));
	});

	it.each(LANGUAGES)('is whole in every kind: %s', (language) => {
		const kinds = [
			'confirm_email',
			'address_taken',
			'reset_password',
			'no_account',
			'password_changed',
			'confirm_new_email',
			'email_changed',
			'account_deleted',
			'passkey_added',
			'residency_shared',
			'second_factor_on',
			'second_factor_off',
			'second_factor_reset',
		] as const;
		for (const kind of kinds) {
			const id = '01890000-0000-7000-8000-000000000001' as MailId;
			const { subject, text } = renderMail(app, id, { kind, parameters: {} }, language);
			expect(subject, kind).not.toMatch(/_|\{/);
			expect(text, kind).not.toMatch(/mail_|\{/);
			for (const link of text.match(/https?:\S+/g) ?? [])
				expect(link).toContain(`https://budget.test/${language}`);
		}
	});

	it('forgets a mail thirty days after it was sent', async () => {
		const [recent, old, waiting] = [
			await queue(await anyAccount()),
			await queue(await anyAccount()),
			await queue(await anyAccount()),
		];
		const daysAgo = (days: number) => sql<Instant>`clock_timestamp() - make_interval(days => ${days})`;
		await app.db
			.updateTable('mail')
			.set({ queued_at: daysAgo(90) })
			.execute();
		await app.db
			.updateTable('mail')
			.set({ sent_at: daysAgo(29) })
			.where('id', '=', recent)
			.execute();
		await app.db
			.updateTable('mail')
			.set({ sent_at: daysAgo(31) })
			.where('id', '=', old)
			.execute();
		await deleteOldMail(app);
		const left = await app.db.selectFrom('mail').select('id').orderBy('id').execute();
		expect(left.map(({ id }) => id)).toEqual([recent, waiting]);
	});
});

describe('a written mail', () => {
	const response = {
		kind: 'response_published',
		parameters: {
			path: '/taraz/budget/2026/07?comment=1#comment-1',
			cityKk: 'Тараз',
			cityRu: 'Тараз',
			cityEn: 'Taraz',
			textKk: 'Жарық жыл соңына дейін орнатылады.',
			textRu: 'Освещение установят до конца года.',
		},
	} as const;
	const id = '01890000-0000-7000-8000-000000000001' as MailId;

	it.each(LANGUAGES)(
		'brings the official text in Kazakh before Russian, whatever the account reads: %s',
		(language) => {
			const { text, subject } = renderMail(app, id, response, language);
			expect(text.indexOf(response.parameters.textKk)).toBeGreaterThan(0);
			expect(text.indexOf(response.parameters.textRu)).toBeGreaterThan(
				text.indexOf(response.parameters.textKk),
			);
			expect(text).toContain(`https://budget.test/${language}/taraz/budget/2026/07?comment=1#comment-1\n`);
			expect(subject).not.toMatch(/_|\{/);
			expect(text).not.toMatch(/mail_|\{/);
		},
	);

	it('C01 stays plain text, whatever the answer holds', async () => {
		const textKk = 'Сәлем\r\n.\r\nBcc: a@evil.invalid\r\n<script>alert(1)</script> \u202e {link}';
		await queue(await anyAccount(), { ...response, parameters: { ...response.parameters, textKk } });
		expect(await sendWaitingMail(app)).toBe(1);
		const [mail] = server.received;
		expect(mail?.to).toHaveLength(1);
		const { headers, body } = readMail(mail!.source);
		expect(headers).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
		expect(headers).not.toMatch(/^Bcc/m);
		expect(body).toContain('<script>alert(1)</script>');
	});
});
