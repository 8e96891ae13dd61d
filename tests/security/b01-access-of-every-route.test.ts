import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, CityId, CodeBatchId, CommentId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { listDoors } from '#scripts/access/doors.ts';
import { outcomeFor, ROLES, TABLE, type Outcome, type Role } from '#scripts/access/table.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { anAddress, PASSWORD } from '#tests/support/factories/registration.ts';
import { anAskedBatch } from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Fields } from '#tests/support/http-browser.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const ELSEWHERE = 'oral' as CityId;
/** The one person on the city's list. */
const [LISTED] = listArtificialIins(1) as [Iin];
const LINE = toSubject(HERE, 2027, 'expenditure', '06');

let database: TestDatabase;
let server: BuiltServer;
let open: MadeConsultation;
let comment: CommentId;
/** Codes that one official has asked for, and another may release. */
let batch: CodeBatchId;
/** An official whose role administrators may take back. */
let colleague: AccountId;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	const app = testApp(database.db);
	server = await startTestServer(database);
	open = await aConsultation(database, HERE);
	comment = await aComment(database.db, LINE);
	await importFile(app, HERE, aListFile([LISTED]));
	batch = (await anAskedBatch(app, HERE, [LISTED])).id;
	colleague = (await anOfficial(database.db, HERE)).accountId;
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const ACCOUNTS = {
	visitor: () => null,
	unconfirmed: () => anAccount(database.db, { emailConfirmed: false }),
	confirmed: () => anAccount(database.db),
	'resident here': () => aResident(database.db, HERE),
	'resident elsewhere': () => aResident(database.db, ELSEWHERE),
	'official here': () => anOfficial(database.db, HERE),
	'official here by password alone': () =>
		anAccount(database.db, { secondFactorGiven: false, grants: [{ role: 'official', cityId: HERE }] }),
	'administrator by password alone': () =>
		anAccount(database.db, { secondFactorGiven: false, grants: [{ role: 'administrator', cityId: null }] }),
	'official elsewhere': () => anOfficial(database.db, ELSEWHERE),
	'moderator here': () => anAccount(database.db, { grants: [{ role: 'moderator', cityId: HERE }] }),
	analyst: () => anAccount(database.db, { grants: [{ role: 'analyst', cityId: null }] }),
	administrator: () => anAccount(database.db, { grants: [{ role: 'administrator', cityId: null }] }),
} as const satisfies Readonly<Record<Role, () => unknown>>;

/** What is asked, where the address alone is not enough. */
type Question = { readonly fields?: () => Fields; readonly query?: () => string };

const aBallot = () => ({ option: ['04', '12'], submissionId: aSubmission() });
const aResponse = () => ({
	...{ submissionId: aSubmission(), revisionSeen: '0', status: 'accepted' },
	...{ body_kk: 'Жарық орнатылады.', body_ru: 'Освещение установят.' },
});

const anInvite = (role: string) => ({ id: aSubmission(), email: anAddress(), role, language: 'kk' });
const theirRole = () => `?city=${HERE}&role=official&account=${colleague}`;

const ADMIN = '/[lang=lang]/admin';
const CONSULTATION = '/[lang=lang]/[city=city]/consultations/[slug=slug]';
const LINE_PAGE = '/[lang=lang]/[city=city]/budget/[year=year]/[code=code]';
const OFFICE = '/[lang=lang]/office/[city=city]';

/** By door, what is sent. */
const QUESTIONS: Readonly<Record<string, Question>> = {
	[`POST ${LINE_PAGE}?/comment`]: {
		fields: () => ({ id: aSubmission(), body: 'Жарық неге жоқ?', language: 'kk', preselected: 'kk' }),
	},
	[`POST ${CONSULTATION}/ballot?/review`]: { fields: aBallot },
	[`POST ${CONSULTATION}/ballot?/edit`]: { fields: aBallot },
	[`POST ${CONSULTATION}/ballot?/cast`]: { fields: aBallot },
	'POST /[lang=lang]/confirm?/default': { fields: () => ({ token: `made up ${aSubmission()}` }) },
	'POST /[lang=lang]/me/account?/default': { fields: () => ({ displayName: 'Айгүл', mailLanguage: 'ru' }) },
	'POST /[lang=lang]/me/sessions?/end': { fields: () => ({ id: aSubmission() }) },
	'POST /[lang=lang]/me/residency?/code': { fields: () => ({ city: HERE, code: '2222222222' }) },
	'POST /[lang=lang]/me/residency?/iin': { fields: () => ({ city: HERE, iin: '991231299998' }) },
	'POST /[lang=lang]/me/residency?/oidc': { fields: () => ({ city: HERE }) },
	[`POST ${ADMIN}/cities/[city=city]?/invite`]: { fields: () => anInvite('official') },
	[`POST ${ADMIN}/cities/[city=city]?/configure`]: { fields: () => ({ method: ['iin', 'code', 'counter'] }) },
	[`POST ${ADMIN}/cities/[city=city]?/withdraw`]: { fields: () => ({ id: aSubmission() }) },
	[`GET ${ADMIN}/revoke`]: { query: () => theirRole() },
	[`POST ${ADMIN}/revoke?/default`]: { query: () => theirRole() },
	[`POST ${ADMIN}/staff?/invite`]: { fields: () => anInvite('analyst') },
	[`POST ${ADMIN}/staff?/withdraw`]: { fields: () => ({ id: aSubmission() }) },
	'POST /[lang=lang]/invitation?/accept': { fields: () => ({ token: `made up ${aSubmission()}` }) },
	'POST /[lang=lang]/invitation?/register': {
		fields: () => ({
			token: `made up ${aSubmission()}`,
			displayName: 'Дана Қ.',
			password: PASSWORD,
			consent: 'yes',
		}),
	},
	[`POST ${OFFICE}/counter?/enter`]: { fields: () => ({ code: '2222222222', iin: LISTED }) },
	[`POST ${OFFICE}/counter?/confirm`]: { fields: () => ({ id: aSubmission() }) },
	[`POST ${OFFICE}/counter?/cancel`]: { fields: () => ({ id: aSubmission() }) },
	'POST /[lang=lang]/me/residency?/counter': { fields: () => ({ city: HERE }) },
	[`POST ${OFFICE}/codes?/anonymous`]: { fields: () => ({ id: aSubmission(), size: '3' }) },
	[`POST ${OFFICE}/codes?/named`]: { fields: () => ({ id: aSubmission(), receivers: LISTED }) },
	[`POST ${OFFICE}/codes/[batch=uuid]?/release`]: { fields: () => ({ submissionId: aSubmission() }) },
	[`POST ${OFFICE}/comments/[comment=uuid]?/preview`]: { fields: aResponse },
	[`POST ${OFFICE}/comments/[comment=uuid]?/publish`]: { fields: aResponse },
	'POST /[lang=lang]/register?/default': {
		fields: () => ({ email: anAddress(), displayName: 'Айгүл', password: PASSWORD, consent: 'yes' }),
	},
	'POST /[lang=lang]/new-email?/default': { fields: () => ({ token: `made up ${aSubmission()}` }) },
	'POST /[lang=lang]/restore-email?/default': {
		fields: () => ({ token: `made up ${aSubmission()}`, newPassword: PASSWORD }),
	},
	'POST /[lang=lang]/reset?/default': {
		fields: () => ({ token: `made up ${aSubmission()}`, newPassword: PASSWORD }),
	},
	'POST /[lang=lang]/sign-in/forgotten?/default': { fields: () => ({ email: anAddress() }) },
	'POST /[lang=lang]/sign-in?/default': { fields: () => ({ email: anAddress(), password: PASSWORD }) },
	'POST /[lang=lang]/my-city': { fields: () => ({ city: HERE }) },
};

const doors = await listDoors();

describe('B01', () => {
	it('the table names every route and every action, and no other', () => {
		expect(Object.keys(TABLE).sort()).toEqual(doors);
	});

	for (const door of doors) {
		it(`${door} answers each role as the table says`, async () => {
			const expected = TABLE[door];
			if (expected === undefined) throw new Error('not in the table');
			// All of them come from one address, far more often than one household.
			await database.db.deleteFrom('rate_limit').execute();
			const answers: Record<string, Outcome> = {};
			const wanted: Record<string, Outcome> = {};
			for (const role of ROLES) {
				answers[role] = await ask(door, role, QUESTIONS[door] ?? {});
				wanted[role] = outcomeFor(expected, role);
			}
			expect(answers).toEqual(wanted);
		});
	}
});

/** Each asks with an account of its own, so that nothing one does shows in what another gets. */
async function ask(door: string, role: Role, { fields, query }: Question): Promise<Outcome> {
	const [method, route = ''] = door.split(' ');
	const parameters = { city: HERE, code: LINE.code, slug: open.slug, comment, batch };
	const path = toPath(route, parameters).replace('?/default', '');
	const address = query ? path + query() : path;
	const browser = new HttpBrowser(server.url);
	const account = await ACCOUNTS[role]();
	if (account) browser.withSession(await aSession(database, account.accountId, account));
	const answer =
		method === 'GET' ? await browser.get(address) : await browser.post(address, fields?.() ?? {});
	if (answer.location === null) return answer.status;
	const to = new URL(answer.location, server.url).pathname
		.replace(`/kk/taraz/consultations/${open.slug}`, 'CONSULTATION')
		.replace(/^\/kk\/office\/taraz\/codes\/[0-9a-f-]{36}$/, 'BATCH');
	return `${answer.status} ${to}` as Outcome;
}
