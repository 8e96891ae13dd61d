import type { Page } from '@playwright/test';
import type { Language } from '#lib/domain/base/language.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { formatDate, toWallTime } from '#lib/i18n/date.ts';
import { redateConsultation } from '#lib/server/consultation/index.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { datesIn } from '#tests/support/factories/consultation.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { publishToday } from '#tests/support/factories/statistics.ts';
import { test } from '#tests/support/fixtures.ts';
import { visit } from '../visit.ts';
import { takeTheDataAway } from './analyst.ts';
import { answer, appoint } from './official.ts';
import {
	comment,
	confirmResidency,
	findTheLine,
	readTheAnswer,
	readTheResult,
	register,
	voteAndThinkAgain,
} from './resident.ts';
import { aScene, type Scene } from './scene.ts';

type Told = {
	readonly language: Language;
	readonly city: string;
	readonly tag: string[];
	readonly text: string;
};

const TOLD: readonly Told[] = [
	{ language: 'kk', city: 'astana', tag: ['@phone'], text: 'Біздің ауданда жаңа мектеп қашан ашылады?' },
	{
		language: 'ru',
		city: 'almaty',
		tag: ['@no-javascript'],
		text: 'Когда в нашем районе откроют новую школу?',
	},
	{ language: 'en', city: 'shymkent', tag: [], text: 'When will a new school open in our district?' },
];

const ANSWER = {
	kk: 'Мектептің құрылысы 2027 жылғы бюджетке енгізілді.',
	ru: 'Строительство школы внесено в бюджет 2027 года.',
};

// The longest of all tests: three people, and each page they see looked at.
test.describe.configure({ timeout: 360_000 });

for (const { language, city, tag, text } of TOLD) {
	test(
		`the main job, in ${language}`,
		{ tag },
		async ({ page, openBrowser, database, server, mailServer }) => {
			const scene = await aScene(language, city, { database, server, mailServer });
			await tell(scene, text, {
				resident: page,
				official: await openBrowser(),
				analyst: await openBrowser(),
			});
		},
	);
}

type People = { readonly resident: Page; readonly official: Page; readonly analyst: Page };

async function tell(scene: Scene, text: string, { resident, official, analyst }: People): Promise<void> {
	const { city, language, vote, database } = scene;
	const address = `resident-${language}@mail.invalid`;
	const linePath = await findTheLine(resident, scene);
	await register(resident, scene, address, 'Aigerim S.');
	await confirmResidency(resident, scene);

	const [, cityPath = '', year = ''] = /^(.*)\/budget\/(\d+)/.exec(linePath) ?? [];
	const line = toSubject(city.id, Number(year), 'expenditure', scene.line.code);
	// Names are in Latin letters, since in others they would be foreign words on an English page.
	const aNeighbour = () => anAccount(database.db, { displayName: 'Marat B.' });
	const earlier = 'Көмек қашан беріледі?';
	await aComment(database.db, line, { body: earlier, author: await aNeighbour() });
	await comment(resident, scene, linePath, text);
	await voteAndThinkAgain(resident, scene);

	const desk = `official-${language}@mail.invalid`;
	const secret = await appoint(scene, desk);
	await answer(official, scene, { address: desk, secret, waiting: [earlier, text], text, texts: ANSWER });

	const today = toWallTime(parseInstant(new Date().toISOString()), city.timeZone).date;
	const day = formatDate(today, language);
	await readTheAnswer(resident, scene, { address, linePath, text, answer: ANSWER, day });

	await redateConsultation(database.owner, city.id, vote.id, datesIn('answering'));
	await readTheResult(resident, scene, `${cityPath}/consultations/${vote.slug}`);

	// Fewer than five comments are not published.
	const neighbours = 3;
	for (let count = 0; count < neighbours; count++) {
		await aComment(database.db, line, { author: await aNeighbour() });
	}
	await publishToday(database);
	await visit(analyst, cityPath);
	await takeTheDataAway(analyst, scene, neighbours + 2);
}
