import type { AccountId, CodeBatchId, CommentId, PasskeyId } from '#lib/domain/base/ids.ts';

/** Those who open pages. A newcomer has an account, and no city yet. */
export const READERS = ['visitor', 'newcomer', 'resident', 'official', 'administrator'] as const;
export type Reader = (typeof READERS)[number];

/** The city in which everything has happened once; other addresses are there for what their budgets are like. */
export const CITY = 'karaganda';
export const YEAR = 2026;
export const LINE = '06';
export const OPEN_VOTE = 'open-vote';
export const ENDED_VOTE = 'ended-vote';
export const COMMENT = '01890000-0000-7000-8000-000000000001' as CommentId;
/** Codes that a colleague has asked for, and others that are in people's hands. */
export const ASKED = '01890000-0000-7000-8000-000000000003' as CodeBatchId;
export const RELEASED = '01890000-0000-7000-8000-000000000004' as CodeBatchId;
/** Where codes name nobody. */
export const ANONYMOUS_CITY = 'atyrau';
/** The moderator of the city, whose role an administrator looks at. */
export const MODERATOR = '01890000-0000-7000-8000-000000000002' as AccountId;

/** The passkey of the official. */
export const PASSKEY = '01890000-0000-7000-8000-000000000003' as PasskeyId;

/** By reader, the addresses behind the language: a page in each of the states that look different. */
type Visits = { readonly [R in Reader]?: readonly string[] };

const OPEN = `/${CITY}/consultations/${OPEN_VOTE}`;
const ENDED = `/${CITY}/consultations/${ENDED_VOTE}`;

/** Every page that is served, by its route. */
export const PAGES: Readonly<Record<string, Visits>> = {
	'/[lang=lang]': { visitor: [''], official: [''] },
	// A whole tree of lines, groups only, old totals, nothing at all.
	'/[lang=lang]/[city=city]': {
		visitor: [`/${CITY}`, '/astana', '/petropavlovsk', '/taraz', '/taldykorgan'],
	},
	'/[lang=lang]/[city=city]/answers': { visitor: [`/${CITY}/answers`, '/oral/answers'] },
	'/[lang=lang]/[city=city]/budget/[year=year]': {
		visitor: ['/almaty/budget/2026', '/semey/budget/2024', '/taldykorgan/budget/2027'],
	},
	'/[lang=lang]/[city=city]/budget/[year=year]/[code=code]': {
		visitor: [`/${CITY}/budget/${YEAR}/${LINE}`, '/astana/budget/2022/income-1'],
		newcomer: [`/${CITY}/budget/${YEAR}/${LINE}`, '/almaty/budget/2026/06'],
	},
	'/[lang=lang]/[city=city]/consultations': { visitor: [`/${CITY}/consultations`, '/atyrau/consultations'] },
	'/[lang=lang]/[city=city]/consultations/[slug=slug]': { visitor: [OPEN, ENDED], resident: [OPEN, ENDED] },
	'/[lang=lang]/[city=city]/consultations/[slug=slug]/ballot': {
		resident: [`${OPEN}/ballot`, `${ENDED}/ballot`],
	},
	'/[lang=lang]/[city=city]/consultations/[slug=slug]/confirmation': { resident: [`${OPEN}/confirmation`] },
	'/[lang=lang]/[city=city]/consultations/[slug=slug]/results': { visitor: [`${ENDED}/results`] },
	'/[lang=lang]/[city=city]/statistics': { visitor: [`/${CITY}/statistics`, '/oral/statistics'] },
	'/[lang=lang]/admin': { administrator: ['/admin'] },
	'/[lang=lang]/admin/audit': { administrator: ['/admin/audit'] },
	'/[lang=lang]/admin/cities/[city=city]': {
		administrator: [`/admin/cities/${CITY}`, '/admin/cities/semey'],
	},
	'/[lang=lang]/admin/health': { administrator: ['/admin/health'] },
	'/[lang=lang]/admin/revoke': {
		administrator: [`/admin/revoke?city=${CITY}&role=moderator&account=${MODERATOR}`],
	},
	'/[lang=lang]/admin/staff': { administrator: ['/admin/staff'] },
	'/[lang=lang]/confirm': { visitor: ['/confirm?token=unknown'] },
	'/[lang=lang]/data': { visitor: ['/data'] },
	'/[lang=lang]/invitation': { visitor: ['/invitation?token=unknown'] },
	'/[lang=lang]/me': { newcomer: ['/me'], resident: ['/me'] },
	'/[lang=lang]/me/account': { newcomer: ['/me/account'], resident: ['/me/account'] },
	'/[lang=lang]/me/consent': { newcomer: ['/me/consent'] },
	'/[lang=lang]/me/data': { newcomer: ['/me/data'] },
	'/[lang=lang]/me/delete': { resident: ['/me/delete'], official: ['/me/delete'] },
	'/[lang=lang]/me/email': { newcomer: ['/me/email', '/me/email?sent=yes'] },
	'/[lang=lang]/me/password': { newcomer: ['/me/password'] },
	'/[lang=lang]/me/residency': { newcomer: ['/me/residency'], resident: ['/me/residency'] },
	'/[lang=lang]/me/security': { newcomer: ['/me/security'], official: ['/me/security'] },
	'/[lang=lang]/me/security/app': { newcomer: ['/me/security/app'] },
	'/[lang=lang]/me/security/codes': { official: ['/me/security/codes'] },
	'/[lang=lang]/me/security/off': { official: ['/me/security/off'] },
	'/[lang=lang]/me/security/passkey': { newcomer: ['/me/security/passkey'] },
	'/[lang=lang]/me/security/passkey/[passkey=uuid]': { official: [`/me/security/passkey/${PASSKEY}`] },
	'/[lang=lang]/me/sessions': { newcomer: ['/me/sessions'], official: ['/me/sessions'] },
	'/[lang=lang]/new-email': { visitor: ['/new-email?token=unknown'] },
	'/[lang=lang]/office/[city=city]': { official: [`/office/${CITY}`] },
	'/[lang=lang]/office/[city=city]/audit': { official: [`/office/${CITY}/audit`] },
	'/[lang=lang]/office/[city=city]/codes': {
		official: [`/office/${CITY}/codes`, `/office/${ANONYMOUS_CITY}/codes`],
	},
	'/[lang=lang]/office/[city=city]/codes/[batch=uuid]': {
		official: [`/office/${CITY}/codes/${ASKED}`, `/office/${CITY}/codes/${RELEASED}`],
	},
	'/[lang=lang]/office/[city=city]/counter': {
		official: [`/office/${CITY}/counter`, `/office/${ANONYMOUS_CITY}/counter`],
	},
	'/[lang=lang]/office/[city=city]/comments/[comment=uuid]': {
		official: [`/office/${CITY}/comments/${COMMENT}`],
	},
	'/[lang=lang]/office/[city=city]/residents': { official: [`/office/${CITY}/residents`] },
	'/[lang=lang]/register': { visitor: ['/register'] },
	'/[lang=lang]/register/check-mail': { visitor: ['/register/check-mail'] },
	'/[lang=lang]/reset': { visitor: ['/reset?token=unknown'] },
	'/[lang=lang]/restore-email': { visitor: ['/restore-email?token=unknown'] },
	'/[lang=lang]/sign-in': { visitor: ['/sign-in', '/sign-in?deleted=yes'] },
	'/[lang=lang]/sign-in/forgotten': { visitor: ['/sign-in/forgotten', '/sign-in/forgotten?sent=yes'] },
	'/[lang=lang]/sign-in/passkey': { visitor: ['/sign-in/passkey'] },
	// Who owes no second factor is led back.
	'/[lang=lang]/sign-in/second': { visitor: ['/sign-in/second'] },
	'/[lang=lang]/statistics': { visitor: ['/statistics'] },
};

/** Pages that only a demonstration or a developer has: here they are as unknown as any other. */
export const NOT_SERVED: Readonly<Record<string, string>> = {
	'/[lang=lang]/outbox': '/outbox',
	'/[lang=lang]/styleguide': '/styleguide',
};

/** Addresses at which there is nothing. */
export const UNKNOWN: readonly string[] = [
	...Object.values(NOT_SERVED),
	'/nowhere/at/all',
	`/${CITY}/budget/${YEAR}/99`,
];

/** All addresses that a reader opens, each once. */
export function pathsOf(reader: Reader): readonly string[] {
	return [...new Set(Object.values(PAGES).flatMap((visits) => visits[reader] ?? []))];
}
