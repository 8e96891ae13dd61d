import type { Language } from '#lib/domain/base/language.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { formatDate, toWallTime } from '#lib/i18n/date.ts';
import { redateConsultation } from '#lib/server/consultation/index.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import { m } from '#lib/paraglide/messages.js';
import { anAccount } from '#tests/support/factories/account.ts';
import { datesIn } from '#tests/support/factories/consultation.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { expect, test } from '#tests/support/fixtures.ts';
import { inspect, visit } from '../visit.ts';
import { answer, appoint } from './official.ts';
import {
	comment,
	confirmResidency,
	expectHeading,
	findTheLine,
	readTheAnswer,
	register,
	signIn,
	voteAndThinkAgain,
} from './resident.ts';
import { aScene } from './scene.ts';

type Told = {
	readonly language: Language;
	readonly city: string;
	readonly tag: string[];
	readonly text: string;
};

/** Names are in Latin letters in English, where others would be foreign words. */
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

for (const { language, city, tag, text } of TOLD) {
	test(
		`the main job, in ${language}`,
		{ tag },
		async ({ page, openBrowser, database, server, mailServer }) => {
			const scene = await aScene(language, city, { database, server, mailServer });
			const { say, vote } = scene;
			const address = `resident-${language}@mail.invalid`;

			const linePath = await findTheLine(page, scene);
			await register(page, scene, address, 'Aigerim S.');
			await signIn(page, scene, address);
			await confirmResidency(page, scene);

			const [, cityPath = '', year = ''] = /^(.*)\/budget\/(\d+)/.exec(linePath) ?? [];
			const line = toSubject(scene.city.id, Number(year), 'expenditure', '06');
			const earlier = 'Көмек қашан беріледі?';
			await aComment(database.db, line, {
				body: earlier,
				author: await anAccount(database.db, { displayName: 'Marat B.' }),
			});
			await comment(page, scene, linePath, text);
			await voteAndThinkAgain(page, scene);

			const official = await openBrowser();
			await appoint(scene, `official-${language}@mail.invalid`);
			await answer(official, scene, {
				address: `official-${language}@mail.invalid`,
				waiting: [earlier, text],
				text,
				texts: ANSWER,
			});

			const today = toWallTime(parseInstant(new Date().toISOString()), scene.city.timeZone).date;
			const day = formatDate(today, language);
			await readTheAnswer(page, scene, { address, linePath, text, answer: ANSWER, day });

			await redateConsultation(database.owner, scene.city.id, vote.id, datesIn('answering'));
			await visit(page, `${cityPath}/consultations/${vote.slug}`);
			await page.getByRole('link', { name: say(m.consultation_act_result) }).click();
			await expectHeading(page, say(m.result_title));
			for (const [place, name] of vote.options.entries()) {
				const row = page.getByRole('row').filter({ hasText: name });
				await expect(row.getByRole('cell')).toHaveText([1, 2, 5, 6].includes(place) ? '1' : '0');
			}
			await inspect(page);
		},
	);
}
