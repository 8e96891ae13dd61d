import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CityId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import { parseCivilDate, type CivilDate } from '#lib/domain/base/time.ts';
import type { Db } from '#lib/server/capabilities.ts';

/**
 * A past, written by the owner of the tables: commands act now, and statistics are about days that are over. Everything
 * happens at noon of the city's clock unless a time is given.
 */

export const FISCAL_YEAR = 2026;
const NOON = '12:00';

export async function aCity(
	owner: Db,
	id: string,
	{
		position,
		timeZone = 'Asia/Almaty',
		codes = ['01', '04', '07'],
	}: {
		position: number;
		timeZone?: string;
		codes?: readonly string[];
	},
): Promise<CityId> {
	const cityId = id as CityId;
	await owner
		.insertInto('city')
		.values({ id: cityId, position, level: 'oblast', time_zone: timeZone })
		.execute();
	await owner
		.insertInto('city_text')
		.values(
			(['kk', 'ru', 'en'] as const).map((language) => ({
				city_id: cityId,
				language,
				name: `${id} ${language}`,
				region: 'r',
				akimat: 'a',
			})),
		)
		.execute();
	await owner
		.insertInto('classification')
		.values(
			codes.map((code) => ({ kind: 'expenditure' as const, code, level: 'group' as const, source_url: 'x' })),
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await owner
		.insertInto('subject')
		.values(
			codes.map((code) => ({
				city_id: cityId,
				fiscal_year: FISCAL_YEAR,
				kind: 'expenditure' as const,
				code,
				alias: code,
				level: 'group' as const,
				parent_code: null,
				classification_code: code,
			})),
		)
		.execute();
	return cityId;
}

/** Residents who confirmed their residency on that day, each a person with one account. */
export async function addResidents(
	owner: Db,
	cityId: CityId,
	day: string,
	count: number,
	time = NOON,
): Promise<void> {
	const verified = instantAt(cityId, day, time);
	await sql`
		with made as (
			select gen_random_uuid() as account_id, gen_random_uuid() as person_id from generate_series(1, ${count})
		),
		account as (
			insert into account (id, email, email_key, password_hash, display_name, language)
			select account_id, account_id || '@a.invalid', account_id || '@a.invalid', 'x', 'x', 'kk' from made
			returning id
		),
		person as (
			insert into person (city_id, id, person_key)
			select ${cityId}, person_id, decode(replace(person_id::text, '-', ''), 'hex') from made
			returning id
		)
		insert into residency (city_id, account_id, person_id, method, verified_at)
		select ${cityId}, account.id, person.id, 'code', ${verified}
		from made
		join account on account.id = made.account_id
		join person on person.id = made.person_id`.execute(owner);
}

/** Comments on one line written on that day; with `answeredOn` each got its first answer then. */
export async function addComments(
	owner: Db,
	cityId: CityId,
	code: string,
	day: string,
	count: number,
	{ answeredOn, time = NOON }: { answeredOn?: string; time?: string } = {},
): Promise<void> {
	const answered = answeredOn === undefined ? sql`null` : instantAt(cityId, answeredOn, NOON);
	await sql`
		insert into comment (city_id, id, fiscal_year, subject_kind, subject_code, language, body, created_at, answered_at)
		select ${cityId}, gen_random_uuid(), ${FISCAL_YEAR}, 'expenditure', ${code}, 'kk', 'x',
			${instantAt(cityId, day, time)}, ${answered}
		from generate_series(1, ${count})`.execute(owner);
}

export async function aVote(
	owner: Db,
	cityId: CityId,
	{
		opensOn,
		endsOn,
		countedOn = endsOn,
		codes = ['01', '04', '07'],
		maxOptions = 2,
		slug = `vote-${opensOn}`,
	}: {
		opensOn: string;
		endsOn: string;
		countedOn?: string;
		codes?: readonly string[];
		maxOptions?: number;
		slug?: string;
	},
): Promise<ConsultationId> {
	const id = randomUUID() as ConsultationId;
	await sql`
		insert into consultation (city_id, id, slug, fiscal_year, method, max_options, tally_rule, discussion_opens_at,
			voting_opens_at, voting_ends_at, counting_ends_at, answer_due_at)
		values (${cityId}, ${id}, ${slug}, ${FISCAL_YEAR}, 'approval', ${maxOptions}, 'totals',
			${instantAt(cityId, opensOn, '09:00')}, ${instantAt(cityId, opensOn, '09:00')},
			${instantAt(cityId, endsOn, '18:00')}, ${instantAt(cityId, countedOn, '20:00')},
			${instantAt(cityId, countedOn, '21:00')})`.execute(owner);
	await owner
		.insertInto('consultation_option')
		.values(
			codes.map((code, position) => ({
				city_id: cityId,
				consultation_id: id,
				id: code as OptionId,
				position,
				fiscal_year: FISCAL_YEAR,
				subject_kind: 'expenditure' as const,
				subject_code: code,
				cost: null,
			})),
		)
		.execute();
	return id;
}

/** Ballots first cast on that day, all of them with this choice, by persons made for them. */
export async function addBallots(
	owner: Db,
	cityId: CityId,
	consultationId: ConsultationId,
	day: string,
	count: number,
	chosen: readonly string[],
): Promise<void> {
	await sql`
		with person as (
			insert into person (city_id, id, person_key)
			select ${cityId}, id, decode(replace(id::text, '-', ''), 'hex')
			from (select gen_random_uuid() as id from generate_series(1, ${count})) as made
			returning id
		),
		ballot as (
			insert into ballot (city_id, consultation_id, pseudonym, option_ids)
			select ${cityId}, ${consultationId}, decode(replace(id::text, '-', ''), 'hex'), ${[...chosen]}::text[]
			from person
		)
		insert into participation (city_id, consultation_id, person_id, channel, voted_on, submission_id)
		select ${cityId}, ${consultationId}, id, 'web', ${day}::date, gen_random_uuid() from person`.execute(owner);
}

/** The day that many days after another, or before it. */
export function shiftDay(day: string, days: number): CivilDate {
	return parseCivilDate(new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10));
}

function instantAt(cityId: CityId, day: string, time: string) {
	return sql`((${day}::date + ${time}::time) at time zone (select time_zone from city where id = ${cityId}))`;
}
