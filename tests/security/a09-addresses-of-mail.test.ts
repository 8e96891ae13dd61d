import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { openMailer, sendWaitingMail } from '#lib/server/mail/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aRegistration, register } from '#tests/support/factories/registration.ts';
import { startMailServer, type MailServer } from '#tests/support/mail-server.ts';

let database: TestDatabase;
let mailServer: MailServer;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	mailServer = await startMailServer();
	const origin = 'https://budget.test';
	app = testApp(database.db, {
		origin,
		mailer: openMailer(mailServer.url, 'x <no-reply@budget.test>', origin),
	});
});
afterAll(async () => {
	await mailServer.close();
	await database.close();
});

describe('A09 an address of mail', () => {
	// Red with a looser LOCAL or LABEL in domain/identity/email-address.ts.
	it.each([
		'a@mail.kz\r\nBcc: evil@mail.kz',
		'a@mail.kz\nSubject: x',
		'a@mail.kz%0ABcc:evil@mail.kz',
		'a@mail.kz,evil@mail.kz',
		'a@mail.kz;evil@mail.kz',
		'a@mail.kz evil@mail.kz',
		'<evil@mail.kz>',
		'"a@mail.kz" <evil@mail.kz>',
		'"a\r\nRCPT TO:<evil@mail.kz>"@mail.kz',
		'a@mail.kz\u0000',
		'a@mail.kz\u2028b',
		'a@[127.0.0.1]',
		'a@localhost',
		'a@@mail.kz',
		'evil@mail.kz(comment)',
		'аigul@mail.kz',
		'aigul@mаil.kz',
		'aigul@mail.ｋｚ',
		`${'a'.repeat(65)}@mail.kz`,
		`a@${'b.'.repeat(130)}kz`,
	])('that is more or less than one is refused: %j', (text) => {
		expect(parseEmailAddress(text)).toMatchObject({ ok: false });
	});

	it('is one account in whatever case and with whatever spaces around it; a tag is another address', async () => {
		const writings = ['Aigul.S@Mail.KZ', 'aigul.s@mail.kz', ' AIGUL.S@MAIL.KZ\t'];
		const accounts = new Set<AccountId>();
		for (const address of writings) accounts.add(await register(app, aRegistration({ address })));
		expect(accounts.size).toBe(1);
		accounts.add(await register(app, aRegistration({ address: 'aigul.s+tag@mail.kz' })));
		expect(accounts.size).toBe(2);
	});

	it('gets one mail, goes to nobody else, and adds no header', async () => {
		const address = "o'brien+budget!#$%&*=?^_`{|}~-@mail.kz";
		await app.db.deleteFrom('mail').execute();
		await register(app, aRegistration({ address, displayName: 'Bcc evil' }));
		expect(await sendWaitingMail(app)).toBe(1);
		expect(mailServer.received.map(({ to }) => to)).toEqual([[address]]);
		const [headers = ''] = mailServer.received[0]!.source.split('\r\n\r\n');
		expect(headers).not.toMatch(/^(bcc|cc):/im);
		expect(headers.match(/^to:/gim)).toHaveLength(1);
	});

	// Red when mail/mailer.ts gives the address as text: nodemailer would read a list in it.
	it('that came into the database by another way still goes to one recipient at most', async () => {
		const sent: string[] = [];
		await app.mailer!({
			id: '01890000-0000-7000-8000-000000000001' as MailId,
			...{
				to: 'a@mail.kz, evil@mail.kz\r\nBcc: other@mail.kz',
				subject: 'x\r\nBcc: evil@mail.kz',
				text: 'x',
			},
		})
			.then(() => sent.push('sent'))
			.catch(() => {});
		const mail = mailServer.received.slice(1);
		expect(mail.flatMap(({ to }) => to).filter((to) => /^(evil|other)@/.test(to))).toEqual([]);
		for (const { source } of mail) expect(source.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
	});
});
