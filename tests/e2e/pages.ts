import type { CityId, CommentId } from '#lib/domain/base/ids.ts';

/** What the pages of the loop are about; made once for a worker. */
export type Setting = {
	/** With a vote that is open, where the resident has voted and the official answers. */
	readonly city: CityId;
	readonly openVote: string;
	readonly endedVote: string;
	/** A line with comments, answered ones among them. */
	readonly year: number;
	readonly line: string;
	readonly comment: CommentId;
};

/** Who opens a page: the one for whom there is most to see. */
export type Reader = 'visitor' | 'newcomer' | 'resident' | 'official';

type Page = {
	readonly reader: Reader;
	/** Without the language: the page in each of the states that look different. */
	readonly paths: (setting: Setting) => readonly string[];
};

const once = (path: string, reader: Reader = 'visitor'): Page => ({ reader, paths: () => [path] });

/** Every page by its route; a route that is not here fails the loop. */
export const PAGES: Readonly<Record<string, Page>> = {
	'/[lang=lang]': once(''),
	'/[lang=lang]/[city=city]': {
		reader: 'visitor',
		// A whole tree of lines, groups, old totals, and nothing at all.
		paths: () => ['/astana', '/petropavlovsk', '/taraz', '/taldykorgan'],
	},
	'/[lang=lang]/[city=city]/answers': { reader: 'visitor', paths: ({ city }) => [`/${city}/answers`] },
	'/[lang=lang]/[city=city]/budget/[year=year]': {
		reader: 'visitor',
		paths: () => ['/almaty/budget/2026', '/semey/budget/2024', '/taldykorgan/budget/2027'],
	},
	'/[lang=lang]/[city=city]/budget/[year=year]/[code=code]': {
		reader: 'resident',
		paths: ({ city, year, line }) => [
			`/${city}/budget/${year}/${line}`,
			'/almaty/budget/2026/06',
			'/astana/budget/2022/income-1',
		],
	},
	'/[lang=lang]/[city=city]/consultations': {
		reader: 'visitor',
		paths: ({ city }) => [`/${city}/consultations`, '/atyrau/consultations'],
	},
	'/[lang=lang]/[city=city]/consultations/[slug]': {
		reader: 'visitor',
		paths: ({ city, openVote, endedVote }) =>
			[openVote, endedVote].map((slug) => `/${city}/consultations/${slug}`),
	},
	'/[lang=lang]/[city=city]/consultations/[slug]/ballot': {
		reader: 'resident',
		paths: ({ city, openVote, endedVote }) =>
			[openVote, endedVote].map((slug) => `/${city}/consultations/${slug}/ballot`),
	},
	'/[lang=lang]/[city=city]/consultations/[slug]/confirmation': {
		reader: 'resident',
		paths: ({ city, openVote }) => [`/${city}/consultations/${openVote}/confirmation`],
	},
	'/[lang=lang]/[city=city]/consultations/[slug]/results': {
		reader: 'visitor',
		paths: ({ city, endedVote }) => [`/${city}/consultations/${endedVote}/results`],
	},
	'/[lang=lang]/[city=city]/statistics': { reader: 'visitor', paths: ({ city }) => [`/${city}/statistics`] },
	'/[lang=lang]/confirm': once('/confirm?token=unknown'),
	'/[lang=lang]/data': once('/data'),
	'/[lang=lang]/me': once('/me', 'resident'),
	'/[lang=lang]/me/residency': once('/me/residency', 'newcomer'),
	'/[lang=lang]/office/[city=city]': { reader: 'official', paths: ({ city }) => [`/office/${city}`] },
	'/[lang=lang]/office/[city=city]/comments/[comment=uuid]': {
		reader: 'official',
		paths: ({ city, comment }) => [`/office/${city}/comments/${comment}`],
	},
	'/[lang=lang]/register': once('/register'),
	'/[lang=lang]/register/check-mail': once('/register/check-mail'),
	'/[lang=lang]/sign-in': once('/sign-in'),
	'/[lang=lang]/statistics': once('/statistics'),
};

/** Pages that the server of these tests does not have: those of developers and of demonstrations. */
export const NOT_SERVED: readonly string[] = ['/[lang=lang]/outbox', '/[lang=lang]/styleguide'];
