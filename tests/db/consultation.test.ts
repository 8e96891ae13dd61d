import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { Phase } from '#lib/domain/consultation/phase.ts';
import {
	countVoters,
	createConsultation,
	findConsultation,
	findOpenConsultation,
	findParticipation,
	listConsultations,
	listOpenConsultations,
	listOptions,
	listParticipations,
	redateConsultation,
} from '#lib/server/consultation/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission, cast } from '#tests/support/factories/ballot.ts';
import { aBudget } from '#tests/support/factories/budget.ts';
import { aCity, aWord } from '#tests/support/factories/city.ts';
import { aConsultation, aDraft, datesIn } from '#tests/support/factories/consultation.ts';

let database: TestDatabase;
let city: CityId;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	city = await aCity(database.db);
});
afterAll(async () => {
	await database.close();
});

describe('createConsultation', () => {
	it('makes texts, options, their lines and the key at once, with the role that serves', async () => {
		const draft = aDraft(city, { dates: datesIn('discussion'), fiscalYear: 2031 });
		const made = await createConsultation(testApp(database.db), null, draft);
		expect(made.ok).toBe(true);
		const found = await findConsultation(database.db, city, draft.slug, 'ru');
		expect(found).toMatchObject({
			id: made.ok && made.value,
			phase: 'discussion',
			maxOptions: 3,
			fiscalYear: 2031,
			title: { text: 'Что важно в 2027 году?', language: 'ru' },
			dates: draft.dates,
		});
		const options = await listOptions(database.db, city, found!.id, 'ru');
		expect(options.map(({ id, alias, fiscalYear }) => [id, alias, fiscalYear])).toEqual(
			['04', '06', '07', '08', '12'].map((code) => [code, code, 2031]),
		);
		expect(options[0]?.name).toEqual({ text: 'Образование', language: 'ru' });
	});

	it('is refused whole when voting would have opened already, by the clock of the database', async () => {
		const draft = aDraft(city, { dates: datesIn('voting') });
		expect(await createConsultation(testApp(database.db), null, draft)).toEqual(
			refused({ code: 'consultation_opens_in_the_past' }),
		);
		expect(await findConsultation(database.db, city, draft.slug, 'kk')).toBeNull();
	});

	it('is refused when the slug is taken in the city, not in another one', async () => {
		const draft = aDraft(city, { dates: datesIn('preparation') });
		expect((await createConsultation(testApp(database.db), null, draft)).ok).toBe(true);
		expect(await createConsultation(testApp(database.db), null, draft)).toEqual(
			refused({ code: 'consultation_slug_taken' }),
		);
		const elsewhere = { ...draft, cityId: await aCity(database.db) };
		expect((await createConsultation(testApp(database.db), null, elsewhere)).ok).toBe(true);
	});

	it('is refused for a line that the classification does not know', async () => {
		const draft = aDraft(city, {
			dates: datesIn('preparation'),
			maxOptions: 1,
			options: ['04', '77'].map((code) => ({ kind: 'expenditure', code })),
		});
		expect(await createConsultation(testApp(database.db), null, draft)).toEqual(
			refused({ code: 'consultation_option_unknown' }),
		);
	});

	it('is refused by the rules of the draft before anything is asked of the database', async () => {
		const draft = aDraft(city, { maxOptions: 0 });
		expect(await createConsultation(testApp(database.db), null, draft)).toEqual(
			refused({ code: 'consultation_limit_invalid' }),
		);
	});
});

describe('the freeze', () => {
	const changes = {
		'the end of voting': sql`update consultation set voting_ends_at = voting_ends_at + interval '1 hour'`,
		'the limit': sql`update consultation set max_options = max_options + 1`,
		'an option': sql`update consultation_option set subject_code = '01', id = '01' where id = '04'`,
		'an option taken away': sql`delete from consultation_option where id = '12'`,
		'an option added': sql`
			insert into consultation_option
			select city_id, consultation_id, '10', 10, fiscal_year, subject_kind, '10', null
			from consultation_option where id = '06'`,
		'the question': sql`update consultation_text set question = 'Басқа сұрақ?'`,
		'the consultation itself': sql`delete from consultation`,
	};

	async function alone(phase: Phase): Promise<TestDatabase> {
		const own = await createTestDatabase('seeded');
		await aConsultation(own, 'taraz' as CityId, { phase });
		return own;
	}

	it('lets the role that serves change everything until voting opens', async () => {
		const own = await alone('discussion');
		for (const [what, change] of Object.entries(changes)) {
			if (what === 'the consultation itself') continue;
			const { numAffectedRows } = await change.execute(own.db);
			expect(Number(numAffectedRows), what).toBeGreaterThan(0);
		}
		await own.close();
	});

	it.each(['voting', 'counting', 'closed'] as const)('lets it change nothing in %s', async (phase) => {
		const own = await alone(phase);
		for (const [what, change] of Object.entries(changes)) {
			await expect(change.execute(own.db), what).rejects.toMatchObject({ code: 'OB001' });
		}
		await own.close();
	});

	it('does not hold the owner, who moves the dates of demonstrations', async () => {
		const consultation = await aConsultation(database, city);
		await redateConsultation(database.owner, city, consultation.id, datesIn('closed'));
		expect(await findConsultation(database.db, city, consultation.slug, 'kk')).toMatchObject({
			phase: 'closed',
		});
		await expect(
			redateConsultation(database.db, city, consultation.id, datesIn('voting')),
		).rejects.toMatchObject({ code: 'OB001' });
	});

	it('lets a cast wait for a change that came first, and then see it', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const { dates } = consultation;
		let casting: ReturnType<typeof cast> | undefined;
		await database.owner.transaction().execute(async (tx) => {
			await redateConsultation(tx, city, consultation.id, datesIn('counting'));
			casting = cast(database.db, consultation, resident, ['04']);
			await untilSomeoneWaits(database);
		});
		expect(dates.votingEndsAt > new Date().toISOString()).toBe(true);
		expect(await casting).toEqual(refused({ code: 'voting_closed' }));
	});
});

describe('reads of consultations', () => {
	it('tell the phase by the clock of the database', async () => {
		for (const phase of ['preparation', 'discussion', 'voting', 'counting', 'answering', 'closed'] as const) {
			const { slug } = await aConsultation(database, city, { phase });
			expect(await findConsultation(database.db, city, slug, 'kk')).toMatchObject({ phase });
		}
	});

	it('give Kazakh and Russian as they stand, and Russian where there is no English', async () => {
		const { slug } = await aConsultation(database, city);
		const titles = [];
		for (const language of ['kk', 'ru', 'en'] as const) {
			titles.push((await findConsultation(database.db, city, slug, language))?.title.language);
		}
		expect(titles).toEqual(['kk', 'ru', 'ru']);
	});

	it('find none of another city, and none that is not there', async () => {
		const { slug } = await aConsultation(database, city);
		expect(await findConsultation(database.db, 'taraz' as CityId, slug, 'kk')).toBeNull();
		expect(await findConsultation(database.db, city, 'no-such', 'kk')).toBeNull();
	});

	it('list the consultations of a city, the latest first', async () => {
		const own = await aCity(database.db);
		const made: Record<string, string> = {};
		for (const phase of ['closed', 'discussion', 'voting'] as const) {
			made[phase] = (await aConsultation(database, own, { phase })).slug;
		}
		const listed = await listConsultations(database.db, own, 'kk');
		expect(listed.map(({ slug, phase }) => [slug, phase])).toEqual(
			['discussion', 'voting', 'closed'].map((phase) => [made[phase], phase]),
		);
		expect(await listConsultations(database.db, await aCity(database.db), 'kk')).toEqual([]);
	});

	it('list what is open for voting, what closes first first, in one city or in all', async () => {
		const own = await aCity(database.db);
		const late = await aConsultation(database, own);
		const soon = await aConsultation(database, own);
		await aConsultation(database, own, { phase: 'discussion' });
		await aConsultation(database, own, { phase: 'counting' });
		await redateConsultation(database.owner, own, soon.id, {
			votingEndsAt: new Date(Date.now() + 60_000).toISOString() as never,
		});
		const open = await listOpenConsultations(database.db, own, 'kk');
		expect(open.map(({ slug }) => slug)).toEqual([soon.slug, late.slug]);

		const everywhere = await listOpenConsultations(database.db, null, 'kk');
		expect(everywhere.every(({ phase }) => phase === 'voting')).toBe(true);
		expect(everywhere.findIndex(({ id }) => id === soon.id)).toBeLessThan(
			everywhere.findIndex(({ id }) => id === late.id),
		);
	});

	it('find what residents can take part in: an open vote, else a discussion, else nothing', async () => {
		const own = await aCity(database.db);
		const open = () => findOpenConsultation(database.db, own, 'kk');
		await aConsultation(database, own, { phase: 'closed' });
		await aConsultation(database, own, { phase: 'preparation' });
		expect(await open()).toBeNull();
		const discussion = await aConsultation(database, own, { phase: 'discussion' });
		expect((await open())?.slug).toBe(discussion.slug);
		const voting = await aConsultation(database, own, { phase: 'voting' });
		expect((await open())?.slug).toBe(voting.slug);
	});
});

describe('the amounts beside the options', () => {
	it('are of the newest year known up to the one that is voted on, in its current version', async () => {
		const own = await aCity(database.db);
		await aBudget(database.db, own, { year: 2025, kind: 'executed' }, { '04': 1n, '06': 60n, '07': 70n });
		await aBudget(database.db, own, { year: 2026, kind: 'approved' }, { '04': 2n, '06': 62n });
		await aBudget(database.db, own, { year: 2026, kind: 'amended' }, { '04': 3n });
		await aBudget(database.db, own, { year: 2026, kind: 'amended', sequence: 2 }, { '04': 10n ** 15n + 1n });
		await aBudget(database.db, own, { year: 2027, kind: 'draft' }, { '04': 5n });
		await aBudget(database.db, own, { year: 2028, kind: 'approved' }, { '04': 6n, '08': 8n });

		const { id } = await aConsultation(database, own, { fiscalYear: 2027 });
		const options = await listOptions(database.db, own, id, 'kk');
		expect(
			options.map(({ code, amount, amountYear, amountKind }) => [code, amount, amountYear, amountKind]),
		).toEqual([
			['04', 10n ** 15n + 1n, 2026, 'amended'],
			['06', 62n, 2026, 'approved'],
			['07', 70n, 2025, 'executed'],
			['08', null, null, null],
			['12', null, null, null],
		]);
	});
});

describe('reads of participation', () => {
	it('count people, not ballots', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04']);
		await cast(database.db, consultation, resident, ['06']);
		await cast(database.db, consultation, await aResident(database.db, city), []);
		expect(await countVoters(database.db, city, consultation.id)).toBe(2);
	});

	it('tell a person that they have voted, and nobody else', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const other = await aResident(database.db, city);
		expect(await cast(database.db, consultation, resident, ['04'])).toEqual(ok('cast'));
		const { personId } = resident.residency;
		const found = await findParticipation(database.db, city, consultation.id, personId);
		expect(found?.votedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(await findParticipation(database.db, city, consultation.id, other.residency.personId)).toBeNull();
		expect(await listParticipations(testApp(database.db), resident, 'kk')).toMatchObject([
			{ slug: consultation.slug, phase: 'voting', votedOn: found?.votedOn },
		]);
		expect(await listParticipations(testApp(database.db), other, 'kk')).toEqual([]);
	});

	it('list a vote for the account that cast it, not for another of the same person', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const tied = await aResident(database.db, city, { personId: resident.residency.personId });
		await cast(database.db, consultation, resident, ['04']);
		const slugs = async (reader: Resident) =>
			(await listParticipations(testApp(database.db), reader, 'kk')).map(({ slug }) => slug);
		expect(await slugs(resident)).toEqual([consultation.slug]);
		expect(await slugs(tied)).toEqual([]);
		await cast(database.db, consultation, tied, ['06'], aSubmission(Date.now() + 10, tied));
		expect(await slugs(resident)).toEqual([]);
		expect(await slugs(tied)).toEqual([consultation.slug]);
	});

	it('list the latest vote of a person first', async () => {
		const resident = await aResident(database.db, city);
		const first = await aConsultation(database, city);
		const second = await aConsultation(database, city);
		for (const consultation of [first, second]) await cast(database.db, consultation, resident, ['04']);
		await redateConsultation(database.owner, city, second.id, datesIn('closed'));
		const listed = await listParticipations(testApp(database.db), resident, 'kk');
		expect(listed.map(({ slug }) => slug)).toEqual([first.slug, second.slug]);
	});
});

describe('a slug', () => {
	it('is checked by the database as well', async () => {
		const { id } = await aConsultation(database, city, { slug: aWord('vote') });
		const change = sql`update consultation set slug = 'Not A Slug' where id = ${id}`;
		await expect(change.execute(database.owner)).rejects.toMatchObject({
			constraint: 'consultation_slug_form',
		});
	});
});
