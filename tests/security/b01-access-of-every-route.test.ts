import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, CityId, CommentId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { anAddress, PASSWORD } from '#tests/support/factories/registration.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Fields } from '#tests/support/http-browser.ts';
import { listDoors, toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const ELSEWHERE = 'oral' as CityId;
const LINE = toSubject(HERE, 2027, 'expenditure', '06');

let database: TestDatabase;
let server: BuiltServer;
let open: MadeConsultation;
let comment: CommentId;
/** An official whose role administrators may take back. */
let colleague: AccountId;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	open = await aConsultation(database, HERE);
	comment = await aComment(database.db, LINE);
	colleague = (await anOfficial(database.db, HERE)).accountId;
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const ROLES = {
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
} as const;
type Role = keyof typeof ROLES;

/** Status, and where it leads. */
type Outcome = number | `303 ${string}`;
type Door = {
	/** For who is not named. */
	readonly others: Outcome;
	readonly fields?: () => Fields;
	readonly query?: () => string;
} & { readonly [R in Role]?: Outcome };

const anyone = (outcome: Outcome): Door => ({ others: outcome });

const SIGN_IN = '303 /kk/sign-in';
const CONFIRM_MAIL = '303 /kk/me';
const SECURITY = '303 /kk/me/security';
const CONFIRM_CITY = '303 /kk/me/residency';

/** Only who lives here, with every step that somebody else lacks. */
const residents = { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: CONFIRM_CITY } as const;
/** Only officials of this city; that there is such a page nobody else learns. */
const officials = {
	visitor: SIGN_IN,
	unconfirmed: CONFIRM_MAIL,
	'official here by password alone': SECURITY,
	others: 404,
} as const;
/** The same for administrators of the whole. */
const administrators = {
	visitor: SIGN_IN,
	unconfirmed: CONFIRM_MAIL,
	'administrator by password alone': SECURITY,
	others: 404,
} as const;

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

/** Every page, action and address for machines, and what each of the roles gets from it. */
const TABLE: Readonly<Record<string, Door>> = {
	'GET /': anyone('303 /kk'),
	'GET /[lang=lang]': anyone(200),
	'GET /[lang=lang]/[city=city]': anyone(200),
	'GET /[lang=lang]/[city=city]/answers': anyone(200),
	'GET /[lang=lang]/[city=city]/statistics': anyone(200),
	'GET /[lang=lang]/data': anyone(200),
	'GET /[lang=lang]/statistics': anyone(200),
	'GET /[lang=lang]/[city=city]/budget/[year=year]': anyone(200),
	[`GET ${LINE_PAGE}`]: anyone(200),
	[`POST ${LINE_PAGE}?/comment`]: {
		fields: () => ({ id: aSubmission(), body: 'Жарық неге жоқ?', language: 'kk', preselected: 'kk' }),
		visitor: 403,
		unconfirmed: 403,
		others: `303 /kk/taraz/budget/2027/06`,
	},
	'GET /[lang=lang]/[city=city]/consultations': anyone(200),
	[`GET ${CONSULTATION}`]: anyone(200),
	[`GET ${CONSULTATION}/ballot`]: { ...residents, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/review`]: { ...residents, fields: aBallot, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/edit`]: { ...residents, fields: aBallot, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/cast`]: {
		...residents,
		fields: aBallot,
		'resident here': '303 CONSULTATION/confirmation',
	},
	// Who has not voted has nothing confirmed.
	[`GET ${CONSULTATION}/confirmation`]: { ...residents, 'resident here': '303 CONSULTATION' },
	// While voting is open there is no result for anybody.
	[`GET ${CONSULTATION}/results`]: anyone('303 CONSULTATION'),
	'GET /[lang=lang]/confirm': anyone(200),
	'POST /[lang=lang]/confirm?/default': { fields: () => ({ token: 'made up' }), others: 400 },
	'GET /[lang=lang]/me': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me?/resend': { visitor: SIGN_IN, others: '303 /kk/me' },
	'GET /[lang=lang]/me/account': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/account?/default': {
		fields: () => ({ displayName: 'Айгүл', mailLanguage: 'ru' }),
		visitor: SIGN_IN,
		others: '303 /kk/me',
	},
	'GET /[lang=lang]/me/consent': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/consent?/agree': { visitor: SIGN_IN, others: '303 /kk/me' },
	'GET /[lang=lang]/me/data': { visitor: SIGN_IN, others: 200 },
	'GET /[lang=lang]/me/data/download': { visitor: SIGN_IN, others: 200 },
	'GET /[lang=lang]/me/delete': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/delete?/default': { visitor: SIGN_IN, others: 400 },
	'GET /[lang=lang]/me/email': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/email?/default': { visitor: SIGN_IN, others: 400 },
	'GET /[lang=lang]/me/password': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/password?/default': { visitor: SIGN_IN, others: 400 },
	'GET /[lang=lang]/me/security': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 200 },
	'POST /[lang=lang]/me/security?/begin': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	// Nothing is begun or switched on yet.
	'GET /[lang=lang]/me/security/app': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: SECURITY },
	'POST /[lang=lang]/me/security/app?/default': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	'GET /[lang=lang]/me/security/codes': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: SECURITY },
	'POST /[lang=lang]/me/security/codes?/default': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 400,
	},
	'GET /[lang=lang]/me/security/off': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: SECURITY },
	'POST /[lang=lang]/me/security/off?/default': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	'GET /[lang=lang]/me/sessions': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/sessions?/end': {
		fields: () => ({ id: aSubmission() }),
		visitor: SIGN_IN,
		others: '303 /kk/me/sessions',
	},
	'POST /[lang=lang]/me/sessions?/endAll': anyone(SIGN_IN),
	'GET /[lang=lang]/me/residency': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 200 },
	'POST /[lang=lang]/me/residency?/code': {
		fields: () => ({ city: HERE, code: '2222222222' }),
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 400,
	},
	// Nobody's number, on no list.
	'POST /[lang=lang]/me/residency?/iin': {
		fields: () => ({ city: HERE, iin: '991231299998' }),
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 400,
	},
	[`GET ${OFFICE}`]: { ...officials, 'official here': 200 },
	[`GET ${OFFICE}/audit`]: { ...officials, 'official here': 200 },
	[`GET ${OFFICE}/residents`]: { ...officials, 'official here': 200 },
	[`GET ${OFFICE}/residents/example.csv`]: { ...officials, 'official here': 200 },
	// There is no such import.
	[`GET ${OFFICE}/residents/faults/[import=uuid].csv`]: { ...officials, 'official here': 404 },
	// A form without a file.
	[`POST ${OFFICE}/residents?/import`]: { ...officials, 'official here': 400 },
	'GET /[lang=lang]/admin/audit': { ...administrators, administrator: 200 },
	[`GET ${ADMIN}`]: { ...administrators, administrator: 200 },
	[`GET ${ADMIN}/cities/[city=city]`]: { ...administrators, administrator: 200 },
	[`POST ${ADMIN}/cities/[city=city]?/invite`]: {
		...administrators,
		fields: () => anInvite('official'),
		administrator: '303 /kk/admin/cities/taraz',
	},
	// There is no such invitation.
	[`POST ${ADMIN}/cities/[city=city]?/withdraw`]: {
		...administrators,
		fields: () => ({ id: aSubmission() }),
		administrator: 400,
	},
	[`GET ${ADMIN}/health`]: { ...administrators, administrator: 200 },
	[`GET ${ADMIN}/revoke`]: { ...administrators, query: () => theirRole(), administrator: 200 },
	[`POST ${ADMIN}/revoke?/default`]: {
		...administrators,
		query: () => theirRole(),
		administrator: '303 /kk/admin/cities/taraz',
	},
	[`GET ${ADMIN}/staff`]: { ...administrators, administrator: 200 },
	[`POST ${ADMIN}/staff?/invite`]: {
		...administrators,
		fields: () => anInvite('analyst'),
		administrator: '303 /kk/admin/staff',
	},
	[`POST ${ADMIN}/staff?/withdraw`]: {
		...administrators,
		fields: () => ({ id: aSubmission() }),
		administrator: 400,
	},
	'GET /[lang=lang]/invitation': anyone(200),
	'POST /[lang=lang]/invitation?/accept': {
		fields: () => ({ token: 'made up' }),
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 400,
	},
	'POST /[lang=lang]/invitation?/register': {
		fields: () => ({ token: 'made up', displayName: 'Дана Қ.', password: PASSWORD, consent: 'yes' }),
		others: 400,
	},
	[`GET ${OFFICE}/comments/[comment=uuid]`]: { ...officials, 'official here': 200 },
	[`POST ${OFFICE}/comments/[comment=uuid]?/preview`]: {
		...officials,
		fields: aResponse,
		'official here': 200,
	},
	[`POST ${OFFICE}/comments/[comment=uuid]?/publish`]: {
		...officials,
		fields: aResponse,
		'official here': `303 /kk/office/taraz`,
	},
	// A demonstration has this page, and shows each browser its own mails.
	'GET /[lang=lang]/outbox': anyone(404),
	'GET /[lang=lang]/register': { visitor: 200, others: '303 /kk/me' },
	'POST /[lang=lang]/register?/default': {
		fields: () => ({ email: anAddress(), displayName: 'Айгүл', password: PASSWORD, consent: 'yes' }),
		others: '303 /kk/register/check-mail',
	},
	'GET /[lang=lang]/register/check-mail': anyone(200),
	'GET /[lang=lang]/new-email': anyone(200),
	'POST /[lang=lang]/new-email?/default': { fields: () => ({ token: 'made up' }), others: 400 },
	'GET /[lang=lang]/restore-email': anyone(200),
	'POST /[lang=lang]/restore-email?/default': {
		fields: () => ({ token: 'made up', newPassword: PASSWORD }),
		others: 400,
	},
	'GET /[lang=lang]/reset': anyone(200),
	'POST /[lang=lang]/reset?/default': {
		fields: () => ({ token: 'made up', newPassword: PASSWORD }),
		others: 400,
	},
	'GET /[lang=lang]/sign-in/forgotten': anyone(200),
	'POST /[lang=lang]/sign-in/forgotten?/default': {
		fields: () => ({ email: anAddress() }),
		others: '303 /kk/sign-in/forgotten',
	},
	'GET /[lang=lang]/sign-in': { visitor: 200, others: '303 /kk/me' },
	'POST /[lang=lang]/sign-in?/default': {
		fields: () => ({ email: anAddress(), password: PASSWORD }),
		visitor: 400,
		others: '303 /kk/me',
	},
	// Nobody has given a password and owes the second factor.
	'GET /[lang=lang]/sign-in/second': anyone(SIGN_IN),
	'POST /[lang=lang]/sign-in/second?/default': anyone(SIGN_IN),
	'POST /[lang=lang]/my-city': { fields: () => ({ city: HERE }), others: '303 /kk/taraz' },
	'POST /[lang=lang]/sign-out': anyone('303 /kk'),
	// The developers' page is not served.
	'GET /[lang=lang]/styleguide': anyone(404),
	'GET /api/v1/budgets.[format=export_format]': anyone(200),
	'GET /api/v1/statistics/[table=export_table].[format=export_format]': anyone(200),
	'GET /healthz': anyone(200),
	'GET /readyz': anyone(200),
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
			const answers: Record<string, Outcome> = {};
			const wanted: Record<string, Outcome> = {};
			for (const role of Object.keys(ROLES) as Role[]) {
				answers[role] = await ask(door, role, expected);
				wanted[role] = expected[role] ?? expected.others;
			}
			expect(answers).toEqual(wanted);
		});
	}
});

/** Each asks with an account of its own, so that nothing one does shows in what another gets. */
async function ask(door: string, role: Role, { fields, query }: Door): Promise<Outcome> {
	const [method, route = ''] = door.split(' ');
	const path = toPath(route, {
		...{ lang: 'kk', city: HERE, year: String(LINE.fiscalYear), code: LINE.code, slug: open.slug },
		...{ comment, import: comment, table: 'participation', format: 'csv' },
	}).replace('?/default', '');
	const address = query ? path + query() : path;
	const browser = new HttpBrowser(server.url);
	const account = await ROLES[role]();
	if (account) browser.withSession(await aSession(database, account.accountId, account));
	const answer =
		method === 'GET' ? await browser.get(address) : await browser.post(address, fields?.() ?? {});
	if (answer.location === null) return answer.status;
	const to = new URL(answer.location, server.url).pathname.replace(
		`/kk/taraz/consultations/${open.slug}`,
		'CONSULTATION',
	);
	return `${answer.status} ${to}` as Outcome;
}
