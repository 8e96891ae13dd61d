/** Those who ask, each by an account of its own. "Here" is one city, "elsewhere" another. */
export const ROLES = [
	'visitor',
	'unconfirmed',
	'confirmed',
	'resident here',
	'resident elsewhere',
	'official here',
	'official here by password alone',
	'administrator by password alone',
	'official elsewhere',
	'moderator here',
	'analyst',
	'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Status, and where it leads. */
export type Outcome = number | `303 ${string}`;

/** What each role gets from a page, a form action or an address for machines; `others` are those not named. */
export type Row = { readonly others: Outcome } & { readonly [R in Role]?: Outcome };
export type Table = Readonly<Record<string, Row>>;

export function outcomeFor(row: Row, role: Role): Outcome {
	return row[role] ?? row.others;
}

const anyone = (outcome: Outcome): Row => ({ others: outcome });

/** Only who has not signed in, or by the password alone. */
const notYetIn = (outcome: Outcome): Row => ({
	...{ visitor: outcome, 'official here by password alone': outcome },
	'administrator by password alone': outcome,
	others: '303 /kk/me',
});

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

const ADMIN = '/[lang=lang]/admin';
const CONSULTATION = '/[lang=lang]/[city=city]/consultations/[slug=slug]';
const LINE_PAGE = '/[lang=lang]/[city=city]/budget/[year=year]/[code=code]';
const OFFICE = '/[lang=lang]/office/[city=city]';

/**
 * Every page, action and address for machines, and what each of the roles gets from it: `npm run access` prints it, and
 * tests/security/b01-access-of-every-route.test.ts asks all of it over HTTP. A route that is not here fails both.
 */
export const TABLE: Table = {
	'GET /': anyone('303 /kk'),
	'GET /[lang=lang]': anyone(200),
	'GET /[lang=lang]/[city=city]': anyone(200),
	'GET /[lang=lang]/[city=city]/answers': anyone(200),
	'GET /[lang=lang]/[city=city]/statistics': anyone(200),
	'GET /[lang=lang]/data': anyone(200),
	'GET /[lang=lang]/statistics': anyone(200),
	'GET /[lang=lang]/[city=city]/budget/[year=year]': anyone(200),
	[`GET ${LINE_PAGE}`]: anyone(200),
	[`POST ${LINE_PAGE}?/comment`]: { visitor: 403, unconfirmed: 403, others: `303 /kk/taraz/budget/2027/06` },
	'GET /[lang=lang]/[city=city]/consultations': anyone(200),
	[`GET ${CONSULTATION}`]: anyone(200),
	[`GET ${CONSULTATION}/ballot`]: { ...residents, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/review`]: { ...residents, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/edit`]: { ...residents, 'resident here': 200 },
	[`POST ${CONSULTATION}/ballot?/cast`]: { ...residents, 'resident here': '303 CONSULTATION/confirmation' },
	// Who has not voted has nothing confirmed.
	[`GET ${CONSULTATION}/confirmation`]: { ...residents, 'resident here': '303 CONSULTATION' },
	// While voting is open there is no result for anybody.
	[`GET ${CONSULTATION}/results`]: anyone('303 CONSULTATION'),
	'GET /[lang=lang]/confirm': anyone(200),
	'POST /[lang=lang]/confirm?/default': { others: 400 },
	'GET /[lang=lang]/me': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me?/resend': { visitor: SIGN_IN, others: '303 /kk/me' },
	'GET /[lang=lang]/me/account': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/account?/default': { visitor: SIGN_IN, others: '303 /kk/me' },
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
		others: SECURITY,
	},
	'GET /[lang=lang]/me/security/off': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: SECURITY },
	'POST /[lang=lang]/me/security/off?/default': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: SECURITY,
	},
	'GET /[lang=lang]/me/security/passkey': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 200 },
	'POST /[lang=lang]/me/security/passkey?/begin': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 400,
	},
	'POST /[lang=lang]/me/security/passkey?/add': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	// Nobody's passkey.
	'GET /[lang=lang]/me/security/passkey/[passkey=uuid]': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 404,
	},
	'POST /[lang=lang]/me/security/passkey/[passkey=uuid]?/rename': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 404,
	},
	'POST /[lang=lang]/me/security/passkey/[passkey=uuid]?/remove': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		others: 404,
	},
	'GET /[lang=lang]/me/sessions': { visitor: SIGN_IN, others: 200 },
	'POST /[lang=lang]/me/sessions?/end': { visitor: SIGN_IN, others: '303 /kk/me/sessions' },
	'POST /[lang=lang]/me/sessions?/endAll': anyone(SIGN_IN),
	'GET /[lang=lang]/me/residency': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 200 },
	'POST /[lang=lang]/me/residency?/code': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	// Who lives somewhere already has to say that they move.
	'POST /[lang=lang]/me/residency?/counter': {
		visitor: SIGN_IN,
		unconfirmed: CONFIRM_MAIL,
		'resident here': 400,
		'resident elsewhere': 400,
		others: 200,
	},
	// Nobody's number, on no list.
	'POST /[lang=lang]/me/residency?/iin': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	// No provider of identities is set up.
	'POST /[lang=lang]/me/residency?/oidc': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	// Nobody set out for one.
	'GET /residency/callback': anyone('303 /kk/me/residency'),
	[`GET ${OFFICE}`]: { ...officials, 'official here': 200 },
	[`GET ${OFFICE}/audit`]: { ...officials, 'official here': 200 },
	[`GET ${OFFICE}/counter`]: { ...officials, 'official here': 200 },
	// Nobody has shown this code, and nothing was entered.
	[`POST ${OFFICE}/counter?/enter`]: { ...officials, 'official here': 400 },
	[`POST ${OFFICE}/counter?/confirm`]: { ...officials, 'official here': 400 },
	[`POST ${OFFICE}/counter?/cancel`]: { ...officials, 'official here': 400 },
	[`GET ${OFFICE}/codes`]: { ...officials, 'official here': 200 },
	// The city has a list of residents, so none of its codes is anonymous.
	[`POST ${OFFICE}/codes?/anonymous`]: { ...officials, 'official here': 400 },
	[`POST ${OFFICE}/codes?/named`]: { ...officials, 'official here': '303 BATCH' },
	[`GET ${OFFICE}/codes/[batch=uuid]`]: { ...officials, 'official here': 200 },
	[`POST ${OFFICE}/codes/[batch=uuid]?/release`]: { ...officials, 'official here': 200 },
	[`POST ${OFFICE}/codes/[batch=uuid]?/withdraw`]: {
		...officials,
		'official here': '303 /kk/office/taraz/codes',
	},
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
		administrator: '303 /kk/admin/cities/taraz',
	},
	[`POST ${ADMIN}/cities/[city=city]?/configure`]: {
		...administrators,
		administrator: '303 /kk/admin/cities/taraz',
	},
	// There is no such invitation.
	[`POST ${ADMIN}/cities/[city=city]?/withdraw`]: { ...administrators, administrator: 400 },
	[`GET ${ADMIN}/health`]: { ...administrators, administrator: 200 },
	[`GET ${ADMIN}/revoke`]: { ...administrators, administrator: 200 },
	[`POST ${ADMIN}/revoke?/default`]: { ...administrators, administrator: '303 /kk/admin/cities/taraz' },
	[`GET ${ADMIN}/staff`]: { ...administrators, administrator: 200 },
	[`POST ${ADMIN}/staff?/invite`]: { ...administrators, administrator: '303 /kk/admin/staff' },
	[`POST ${ADMIN}/staff?/withdraw`]: { ...administrators, administrator: 400 },
	'GET /[lang=lang]/invitation': anyone(200),
	'POST /[lang=lang]/invitation?/accept': { visitor: SIGN_IN, unconfirmed: CONFIRM_MAIL, others: 400 },
	'POST /[lang=lang]/invitation?/register': { others: 400 },
	[`GET ${OFFICE}/comments/[comment=uuid]`]: { ...officials, 'official here': 200 },
	// Whoever is signed out while writing gets the text back, whatever the address.
	[`POST ${OFFICE}/comments/[comment=uuid]?/preview`]: { ...officials, visitor: 403, 'official here': 200 },
	[`POST ${OFFICE}/comments/[comment=uuid]?/publish`]: {
		...officials,
		visitor: 403,
		'official here': `303 /kk/office/taraz`,
	},
	// A demonstration has this page, and shows each browser its own mails.
	'GET /[lang=lang]/outbox': anyone(404),
	'GET /[lang=lang]/register': { visitor: 200, others: '303 /kk/me' },
	'POST /[lang=lang]/register?/default': { others: '303 /kk/register/check-mail' },
	'GET /[lang=lang]/register/check-mail': anyone(200),
	'GET /[lang=lang]/new-email': anyone(200),
	'POST /[lang=lang]/new-email?/default': { others: 400 },
	'GET /[lang=lang]/restore-email': anyone(200),
	'POST /[lang=lang]/restore-email?/default': { others: 400 },
	'GET /[lang=lang]/reset': anyone(200),
	'POST /[lang=lang]/reset?/default': { others: 400 },
	'GET /[lang=lang]/sign-in/forgotten': anyone(200),
	'POST /[lang=lang]/sign-in/forgotten?/default': { others: '303 /kk/sign-in/forgotten' },
	'GET /[lang=lang]/sign-in': { visitor: 200, others: '303 /kk/me' },
	'POST /[lang=lang]/sign-in?/default': { visitor: 400, others: '303 /kk/me' },
	// Nobody has given a password and owes the second factor.
	'GET /[lang=lang]/sign-in/second': anyone(SIGN_IN),
	'POST /[lang=lang]/sign-in/second?/default': anyone(SIGN_IN),
	// Of use to who has not given a second factor yet.
	'GET /[lang=lang]/sign-in/passkey': notYetIn(200),
	// Browsers make no passkeys at a number, which is where this is asked.
	'POST /[lang=lang]/sign-in/passkey?/begin': notYetIn(400),
	'POST /[lang=lang]/sign-in/passkey?/finish': notYetIn(400),
	'POST /[lang=lang]/my-city': { others: '303 /kk/taraz' },
	'POST /[lang=lang]/sign-out': anyone('303 /kk'),
	// The developers' page is not served.
	'GET /[lang=lang]/styleguide': anyone(404),
	'GET /api/v1/budgets.[format=export_format]': anyone(200),
	'GET /api/v1/statistics/[table=export_table].[format=export_format]': anyone(200),
	'GET /healthz': anyone(200),
	'GET /readyz': anyone(200),
};
