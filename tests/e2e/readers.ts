import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { testApp } from '#tests/support/app.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { anAccount, aResident } from '#tests/support/factories/account.ts';
import { cast } from '#tests/support/factories/ballot.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { anEnteredVisit } from '#tests/support/factories/counter.ts';
import { aComment, aResponse } from '#tests/support/factories/dialogue.ts';
import { aSecondFactor } from '#tests/support/factories/second-factor.ts';
import { anInvitation } from '#tests/support/factories/invitation.ts';
import { anAskedBatch, giveAnonymousCodes, release } from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { aSession, type SessionCookie } from '#tests/support/factories/session.ts';
import { publishToday } from '#tests/support/factories/statistics.ts';
import { test as base } from '#tests/support/fixtures.ts';
import {
	ANONYMOUS_CITY,
	ASKED,
	CITY,
	COMMENT,
	ENDED_VOTE,
	LINE,
	MODERATOR,
	OPEN_VOTE,
	RELEASED,
	PASSKEY,
	YEAR,
	type Reader,
} from './pages.ts';

type Sessions = Readonly<Record<Reader, SessionCookie | undefined>>;

const cityId = CITY as CityId;

/** Everything has happened once in the city, and somebody of each kind has signed in. */
async function setTheScene(database: TestDatabase): Promise<Sessions> {
	const { db } = database;
	// Names are in Latin letters, since in others they would be foreign words on an English page.
	const newcomer = await anAccount(db, { displayName: 'Marat B.' });
	const resident = await aResident(db, cityId, { displayName: 'Aigerim S.' });
	const official = await anAccount(db, {
		displayName: 'Esil',
		grants: [cityId, ANONYMOUS_CITY as CityId].map((city) => ({ role: 'official', cityId: city })),
	});
	await giveCodes(db, official);
	await aSecondFactor(testApp(db), newcomer.accountId, { confirmed: false });
	await aSecondFactor(testApp(db), official.accountId);
	await db
		.insertInto('passkey')
		.values({
			...{ credential_id: Buffer.from('of the official'), id: PASSKEY, account_id: official.accountId },
			...{ public_key: Buffer.from('no key'), counter: 0n, name: 'Phone', last_used_at: null },
		})
		.execute();
	const administrator = await anAccount(db, {
		displayName: 'Dana Q.',
		grants: [{ role: 'administrator', cityId: null }],
	});
	await anAccount(db, {
		accountId: MODERATOR,
		displayName: 'Timur Zh.',
		grants: [{ role: 'moderator', cityId }],
	});
	await anInvitation(testApp(db), { cityId, by: administrator });
	const open = await aConsultation(database, cityId, { slug: OPEN_VOTE, texts: VOTE });
	await cast(db, open, resident, ['04', '06']);
	await aConsultation(database, cityId, { slug: ENDED_VOTE, texts: VOTE, phase: 'closed' });

	const line = toSubject(cityId, YEAR, 'expenditure', LINE);
	const answered = await aComment(db, line, { author: resident });
	await aResponse(db, line, answered, { status: 'under_review', official });
	await aResponse(db, line, answered, { revisionSeen: 1, status: 'declined', official, ...REFUSAL });
	await aComment(db, line, { id: COMMENT, author: resident, language: 'ru', body: 'Когда починят дорогу?' });
	// Fewer than five comments are not published.
	for (const body of ['Жол', 'Жарық', 'Су']) await aComment(db, line, { author: newcomer, body });
	await publishToday(database);

	return {
		visitor: undefined,
		newcomer: await aSession(database, newcomer.accountId),
		resident: await aSession(database, resident.accountId),
		official: await aSession(database, official.accountId),
		administrator: await aSession(database, administrator.accountId),
	};
}

/** Those that a colleague has asked for, and one that both have let out. */
async function giveCodes(db: TestDatabase['db'], official: SignedIn): Promise<void> {
	const app = testApp(db);
	const askedBy = await anAccount(db, { displayName: 'Saltanat', grants: [{ role: 'official', cityId }] });
	const people = listArtificialIins(2);
	await importFile(app, cityId, aListFile(people), { official });
	await release(app, await anAskedBatch(app, cityId, people, { askedBy, id: RELEASED }), official);
	await anAskedBatch(app, cityId, people, { askedBy, id: ASKED });
	await anEnteredVisit(app, cityId, { iin: people[0]!, enteredBy: askedBy, displayName: 'Daniyar O.' });
	await giveAnonymousCodes(db, ANONYMOUS_CITY as CityId);
}

const VOTE = {
	kk: { title: '2027 жылы не маңызды?', question: 'Қай салаға көбірек қаржы керек?' },
	ru: { title: 'Что важно в 2027 году?', question: 'На что нужно больше денег?' },
	en: { title: 'What matters in 2027?', question: 'What needs more money?' },
};

const REFUSAL = {
	legal_basis_kk: 'Бюджет кодексінің 15-бабы.',
	legal_basis_ru: 'Статья 15 Бюджетного кодекса.',
	complaint_kk: 'Үш ай ішінде облыс әкімдігіне шағымдануға болады.',
	complaint_ru: 'Обжаловать можно в акимат области в течение трёх месяцев.',
};

/** The walk over the pages: with a city to look at, and a session of each reader. */
export const test = base.extend<object, { sessions: Sessions }>({
	sessions: [
		async ({ database }, use) => use(await setTheScene(database)),
		{ scope: 'worker', timeout: 60_000 },
	],
});
