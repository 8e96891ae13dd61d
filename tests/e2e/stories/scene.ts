import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import type { MailServer } from '#tests/support/mail-server.ts';
import { readMail } from '#tests/support/read-mail.ts';
import { expect } from '#tests/support/fixtures.ts';
import { wordsOf, type Words } from '../words.ts';

/** Where a story plays: one city, read in one language. */
export type Scene = {
	readonly language: Language;
	readonly say: Words;
	readonly city: {
		readonly id: CityId;
		readonly name: string;
		readonly akimat: string;
		readonly timeZone: string;
	};
	/** A functional group of this year's budget, as its page is headed. */
	readonly line: { readonly code: string; readonly name: string; readonly nameKk: string };
	readonly vote: MadeConsultation & { readonly title: string; readonly options: readonly string[] };
	readonly database: TestDatabase;
	readonly server: BuiltServer;
	readonly mailServer: MailServer;
};

const LINE = '04';
const OPTIONS = ['01', '03', '04', '05', '06', '07', '12'];
const TITLES = { kk: '2027 жылы не маңызды?', ru: 'Что важно в 2027 году?', en: 'What matters in 2027?' };
const QUESTIONS = {
	kk: 'Қай салаға көбірек қаржы керек?',
	ru: 'На что нужно больше денег?',
	en: 'What needs more money?',
};

type World = Pick<Scene, 'database' | 'server' | 'mailServer'>;

/** A city with its real budget and one open vote, up to five of seven groups. */
export async function aScene(language: Language, city: string, world: World): Promise<Scene> {
	const { db } = world.database;
	const named = await db
		.selectFrom('city')
		.innerJoin('city_text', 'city_text.city_id', 'city.id')
		.where('city.id', '=', city as CityId)
		.where('city_text.language', '=', language)
		.select(['city.id', 'city_text.name', 'city_text.akimat', 'city.time_zone as timeZone'])
		.executeTakeFirstOrThrow();
	const listGroups = (tag: Language) =>
		db
			.selectFrom('classification_text')
			.where('kind', '=', 'expenditure')
			.where('language', '=', tag)
			.where('code', 'in', OPTIONS)
			.select(['code', 'name'])
			.orderBy('code')
			.execute();
	const groups = await listGroups(language);
	const inKazakh = await listGroups('kk');
	const nameOfLine = (names: typeof groups) => names.find(({ code }) => code === LINE)!.name;
	const text = (tag: Language) => ({ title: TITLES[tag], question: QUESTIONS[tag] });
	const vote = await aConsultation(world.database, named.id, {
		maxOptions: 5,
		texts: { kk: text('kk'), ru: text('ru'), en: text('en') },
		options: OPTIONS.map((code) => ({ kind: 'expenditure', code })),
	});
	return {
		...world,
		language,
		say: wordsOf(language),
		city: named,
		line: { code: LINE, name: nameOfLine(groups), nameKk: nameOfLine(inKazakh) },
		vote: { ...vote, title: TITLES[language], options: groups.map(({ name }) => name) },
	};
}

/** The newest mail to this address that the server has handed over; waits until there are as many as expected. */
export async function mailTo({ mailServer }: Scene, address: string, count: number) {
	const arrived = () => mailServer.received.filter(({ to }) => to.includes(address));
	await expect.poll(() => arrived().length, { timeout: 30_000 }).toBe(count);
	return readMail(arrived().at(-1)!.source);
}

/** The first link of a mail that leads to the server, as an address of its own. */
export function linkIn(mail: { readonly body: string }, { server }: Scene, to: string): string {
	const link = mail.body.split(/\s/).find((word) => word.startsWith(server.url) && word.includes(to));
	if (link === undefined) throw new Error(`no link to ${to} in the mail:\n${mail.body}`);
	return link.slice(server.url.length);
}
