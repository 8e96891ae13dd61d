import { sql } from 'kysely';
import { ok } from '#lib/domain/base/result.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import { medianOf } from '#lib/domain/participation/median.ts';
import { closePeriods, closeVotingPeriods, type Period } from '#lib/domain/participation/periods.ts';
import { suppressSmall } from '#lib/domain/participation/smallest-cell.ts';
import { chooseSteps, type Step } from '#lib/domain/participation/steps.ts';
import type { DailyMetric } from '#lib/domain/participation/words.ts';
import type { Capabilities, Reader, Tx } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { isDemonstration } from '../identity/index.ts';
import {
	countBallotsByDay,
	countComments,
	countResidents,
	countResponses,
	countUntoldLines,
	countVotes,
	type Span,
	type UntoldLine,
	type UnpublishedDay,
} from './counts.ts';

/**
 * How long after midnight the day before is taken as complete: longer than any transaction that may have read its time
 * before midnight lives (the pool ends them after fifteen seconds).
 */
const GRACE = '5 minutes';

/**
 * Publishes today's release of participation statistics, unless there is one or nothing has happened yet. It tells what
 * the days that have ended in every city add to earlier releases, and changes nothing in those. Called as often as one
 * likes, by as many processes as there are.
 * @returns the day of the release, or null when none was made.
 */
export async function publishRelease(app: Pick<Capabilities, 'db'>): Promise<CivilDate | null> {
	const due = await findDueDay(app.db);
	return due === null ? null : publishReleaseOf(app, due);
}

/**
 * The day that it is in every city, by the database's clock; where it is still yesterday, that day waits. Null when it
 * has its release, which a server asks a few times a minute.
 */
async function findDueDay(reader: Reader): Promise<CivilDate | null> {
	const due = await reader
		.selectFrom(
			sql<{ day: CivilDate }>`(
				select min(((clock_timestamp() - ${GRACE}::interval) at time zone time_zone)::date) as day from city
			)`.as('today'),
		)
		.select('day')
		.where(sql<boolean>`day > coalesce((select max(released_on) from statistics_release), '-infinity')`)
		.executeTakeFirst();
	return due?.day ?? null;
}

/** The release of a given day, which tests may name; the days before it are published. */
export async function publishReleaseOf(
	app: Pick<Capabilities, 'db'>,
	releasedOn: CivilDate,
): Promise<CivilDate | null> {
	const published = await transact<CivilDate | null, never>(app.db, async (tx) => {
		const span = await openRelease(tx, releasedOn);
		if (span === null) return ok(null);
		await publishPeriods(tx, releasedOn, span);
		await publishVotingPeriods(tx, releasedOn, span);
		await publishSteps(tx, releasedOn, span);
		await publishVotes(tx, releasedOn, span);
		return ok(releasedOn);
	});
	return published.ok ? published.value : null;
}

/**
 * One at a time: whoever comes second waits here for the first and then finds the day taken. Null then. Counting begins with the first day on which anything happened in any city, and stays there for all later releases.
 */
async function openRelease(tx: Tx, releasedOn: CivilDate): Promise<Span | null> {
	await sql`select pg_advisory_xact_lock(hashtext('statistics_release'))`.execute(tx);
	const simulated = await isDemonstration(tx);
	const { rows } = await sql<Span>`
		with earlier as (
			select min(counted_from) as counted_from, max(released_on) as released_on from statistics_release
		),
		first_day as (
			select coalesce(earlier.counted_from, least(
				(select min((verified_at at time zone time_zone)::date) from residency join city on city.id = city_id),
				(select min(voted_on) from participation),
				(select min((created_at at time zone time_zone)::date) from comment join city on city.id = city_id)
			)) as counted_from
			from earlier
		)
		insert into statistics_release (released_on, counted_from, simulated)
		select ${releasedOn}::date, first_day.counted_from, ${simulated}
		from first_day, earlier
		where first_day.counted_from < ${releasedOn}::date
			and (earlier.released_on is null or earlier.released_on < ${releasedOn}::date)
		returning counted_from as "from", released_on - 1 as "to"`.execute(tx);
	return rows[0] ?? null;
}

type NewPeriod = Period & {
	readonly cityId: CityId;
	readonly metric: DailyMetric;
	readonly medianWait: number | null;
};

async function publishPeriods(tx: Tx, releasedOn: CivilDate, span: Span): Promise<void> {
	const periods: NewPeriod[] = [
		...toPeriods('residents', await countResidents(tx, span)),
		...toPeriods('comments', await countComments(tx, span)),
		...toPeriods('responses', await countResponses(tx, span)),
	];
	await sql`
		insert into statistics_period (city_id, metric, from_on, to_on, count, median_wait, released_on)
		select "cityId", metric, "from", "to", count, "medianWait", ${releasedOn}::date
		from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as period ("cityId" text, metric text,
			"from" date, "to" date, count int, "medianWait" numeric)`.execute(tx);
}

function toPeriods(metric: DailyMetric, days: readonly UnpublishedDay[]): NewPeriod[] {
	return [...Map.groupBy(days, (day) => day.cityId)].flatMap(([cityId, ofCity]) =>
		closePeriods(ofCity[0]!.from, ofCity).map((period) => ({
			...period,
			cityId,
			metric,
			medianWait: medianOf(waitsIn(period, ofCity)),
		})),
	);
}

function waitsIn({ from, to }: Period, days: readonly UnpublishedDay[]): number[] {
	return days.filter(({ day }) => day >= from && day <= to).flatMap(({ waits }) => waits ?? []);
}

async function publishVotingPeriods(tx: Tx, releasedOn: CivilDate, span: Span): Promise<void> {
	const days = await countBallotsByDay(tx, span);
	const periods = [...Map.groupBy(days, (day) => day.consultationId)].flatMap(([consultationId, ofVote]) => {
		const { cityId, from, endedOn } = ofVote[0]!;
		return closeVotingPeriods(from, ofVote, endedOn).map((period) => ({ ...period, cityId, consultationId }));
	});
	await sql`
		insert into statistics_voting_period (city_id, consultation_id, from_on, to_on, ballots, released_on)
		select "cityId", "consultationId", "from", "to", count, ${releasedOn}::date
		from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as period ("cityId" text,
			"consultationId" uuid, "from" date, "to" date, count int)`.execute(tx);
}

async function publishSteps(tx: Tx, releasedOn: CivilDate, span: Span): Promise<void> {
	const candidates = Map.groupBy(await countUntoldLines(tx, span), (line) => line.cityId);
	const periods = Map.groupBy(await listCommentPeriods(tx), (period) => period.cityId);
	const told = Map.groupBy(await listToldSteps(tx), (step) => step.cityId);
	const steps: UntoldLine[] = [];
	for (const [cityId, lines] of candidates) {
		steps.push(...chooseSteps(periods.get(cityId) ?? [], told.get(cityId) ?? [], lines));
	}
	await sql`
		insert into statistics_step
			(city_id, fiscal_year, subject_kind, subject_code, from_on, to_on, count, released_on)
		select "cityId", "fiscalYear", kind, code, "from", "to", count, ${releasedOn}::date
		from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as step ("cityId" text, "fiscalYear" smallint,
			kind text, code text, "from" date, "to" date, count int)`.execute(tx);
}

type CityStep = Step & { readonly cityId: CityId };

function listCommentPeriods(reader: Reader): Promise<CityStep[]> {
	return reader
		.selectFrom('statistics_period')
		.where('metric', '=', 'comments')
		.select(['city_id as cityId', 'from_on as from', 'count'])
		.orderBy('city_id')
		.orderBy('from_on')
		.execute();
}

/** What lines were told, added up by their first day: which line it was does not matter for the rest. */
function listToldSteps(reader: Reader): Promise<CityStep[]> {
	return reader
		.selectFrom('statistics_step')
		.select(['city_id as cityId', 'from_on as from', sql<number>`sum(count)::int`.as('count')])
		.groupBy(['city_id', 'from_on'])
		.orderBy('city_id')
		.orderBy('from_on')
		.execute();
}

async function publishVotes(tx: Tx, releasedOn: CivilDate, span: Span): Promise<void> {
	const votes = await countVotes(tx, span);
	if (votes.length === 0) return;
	await tx
		.insertInto('statistics_vote')
		.values(
			votes.map((option) => ({
				city_id: option.cityId,
				consultation_id: option.consultationId,
				option_id: option.optionId,
				votes: suppressSmall(option.votes),
				released_on: releasedOn,
			})),
		)
		.execute();
}
