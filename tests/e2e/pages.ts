import type { CommentId } from '#lib/domain/base/ids.ts';

/** Those who open pages. A newcomer has an account, and no city yet. */
export const READERS = ['visitor', 'newcomer', 'resident', 'official'] as const;
export type Reader = (typeof READERS)[number];

/** The city in which everything has happened once; other addresses are there for what their budgets are like. */
export const CITY = 'karaganda';
export const YEAR = 2026;
export const LINE = '06';
export const OPEN_VOTE = 'open-vote';
export const ENDED_VOTE = 'ended-vote';
export const COMMENT = '01890000-0000-7000-8000-000000000001' as CommentId;

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
	'/[lang=lang]/confirm': { visitor: ['/confirm?token=unknown'] },
	'/[lang=lang]/data': { visitor: ['/data'] },
	'/[lang=lang]/me': { newcomer: ['/me'], resident: ['/me'] },
	'/[lang=lang]/me/residency': { newcomer: ['/me/residency'], resident: ['/me/residency'] },
	'/[lang=lang]/office/[city=city]': { official: [`/office/${CITY}`] },
	'/[lang=lang]/office/[city=city]/comments/[comment=uuid]': {
		official: [`/office/${CITY}/comments/${COMMENT}`],
	},
	'/[lang=lang]/register': { visitor: ['/register'] },
	'/[lang=lang]/register/check-mail': { visitor: ['/register/check-mail'] },
	'/[lang=lang]/sign-in': { visitor: ['/sign-in'] },
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
