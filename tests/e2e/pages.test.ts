import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { anAccount, aResident } from '#tests/support/factories/account.ts';
import { cast } from '#tests/support/factories/ballot.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aComment, aResponse } from '#tests/support/factories/dialogue.ts';
import { aSession, type SessionCookie } from '#tests/support/factories/session.ts';
import { expect, test as base } from '#tests/support/fixtures.ts';
import { listPages } from '#tests/support/routes.ts';
import { NOT_SERVED, PAGES, type Reader, type Setting } from './pages.ts';
import { visit } from './visit.ts';

const CITY = 'karaganda' as CityId;
const LINE = toSubject(CITY, 2026, 'expenditure', '06');

type Scene = {
	readonly setting: Setting;
	readonly sessions: Readonly<Record<Reader, SessionCookie | undefined>>;
};

/** A city in which everything has happened once, and somebody of each kind who has signed in. */
async function setScene(database: TestDatabase): Promise<Scene> {
	const { db } = database;
	// Names in Latin letters, since a name in others would be a foreign word on an English page.
	const resident = await aResident(db, CITY, { displayName: 'Aigul S.' });
	const official = await anAccount(db, {
		displayName: 'Department',
		grants: [{ role: 'official', cityId: CITY }],
	});
	const newcomer = await anAccount(db, { displayName: 'Marat' });
	const open = await aConsultation(database, CITY);
	const ended = await aConsultation(database, CITY, { phase: 'closed' });
	await cast(db, open, resident, ['04', '06']);
	const answered = await aComment(db, LINE, { author: resident });
	await aResponse(db, LINE, answered, { status: 'under_review' });
	await aResponse(db, LINE, answered, { revisionSeen: 1, status: 'declined', ...REFUSAL });
	const comment = await aComment(db, LINE, {
		author: resident,
		language: 'ru',
		body: 'Когда починят дорогу?',
	});
	return {
		setting: {
			...{ city: CITY, year: LINE.fiscalYear, line: LINE.code, comment },
			...{ openVote: open.slug, endedVote: ended.slug },
		},
		sessions: {
			visitor: undefined,
			newcomer: await aSession(database, newcomer.accountId),
			resident: await aSession(database, resident.accountId),
			official: await aSession(database, official.accountId),
		},
	};
}

const REFUSAL = {
	legal_basis_kk: 'Бюджет кодексінің 15-бабы.',
	legal_basis_ru: 'Статья 15 Бюджетного кодекса.',
	complaint_kk: 'Үш ай ішінде облыс әкімдігіне шағымдануға болады.',
	complaint_ru: 'Обжаловать можно в акимат области в течение трёх месяцев.',
};

const test = base.extend<object, { scene: Scene }>({
	scene: [async ({ database }, use) => use(await setScene(database)), { scope: 'worker', timeout: 60_000 }],
});

test('every page is in the list', async () => {
	expect([...Object.keys(PAGES), ...NOT_SERVED].sort()).toEqual((await listPages()).sort());
});

/** Pages that pass in full so far; the loop grows towards all pages and languages. */
const INSPECTED = [
	'/[lang=lang]',
	'/[lang=lang]/[city=city]',
	'/[lang=lang]/[city=city]/answers',
	'/[lang=lang]/[city=city]/budget/[year=year]',
	'/[lang=lang]/[city=city]/budget/[year=year]/[code=code]',
	'/[lang=lang]/[city=city]/consultations',
];

for (const route of INSPECTED) {
	test(`kk: ${route}`, async ({ scene, openBrowser }) => {
		const { reader, paths } = PAGES[route]!;
		const page = await openBrowser(scene.sessions[reader]);
		for (const path of paths(scene.setting)) await visit(page, `/kk${path}`);
	});
}
