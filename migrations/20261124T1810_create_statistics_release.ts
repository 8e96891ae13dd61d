import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table statistics_release (
			released_on date not null,
			counted_from date not null,
			simulated boolean not null,
			published_at timestamptz(3) not null default clock_timestamp(),
			constraint statistics_release_pkey primary key (released_on),
			constraint statistics_release_after_start check (counted_from < released_on)
		)`.execute(db);
	await sql`comment on table statistics_release is
		'one a day: the days before released_on that are published with it, and all rows of earlier releases; only ever added to'`.execute(
		db,
	);
	await sql`
		create table statistics_period (
			city_id text not null,
			metric text not null,
			from_on date not null,
			to_on date not null,
			count integer not null,
			median_wait numeric(7, 1),
			released_on date not null,
			constraint statistics_period_pkey primary key (city_id, metric, from_on),
			constraint statistics_period_city_fkey foreign key (city_id) references city,
			constraint statistics_period_release_fkey foreign key (released_on) references statistics_release,
			constraint statistics_period_metric_known check (metric in ('residents', 'comments', 'responses')),
			constraint statistics_period_wait_of_responses
				check ((metric = 'responses') = (median_wait is not null)),
			constraint statistics_period_days_in_order check (from_on <= to_on and to_on < released_on),
			constraint statistics_period_not_small check (count >= 5)
		)`.execute(db);
	await sql`comment on column statistics_period.median_wait is
		'calendar days from a comment to its first answer: half of the answers of the period took no longer'`.execute(
		db,
	);
	await sql`
		create table statistics_voting_period (
			city_id text not null,
			consultation_id uuid not null,
			from_on date not null,
			to_on date not null,
			ballots integer not null,
			released_on date not null,
			constraint statistics_voting_period_pkey primary key (city_id, consultation_id, from_on),
			constraint statistics_voting_period_consultation_fkey
				foreign key (city_id, consultation_id) references consultation,
			constraint statistics_voting_period_release_fkey
				foreign key (released_on) references statistics_release,
			constraint statistics_voting_period_days_in_order check (from_on <= to_on and to_on < released_on),
			constraint statistics_voting_period_not_small check (ballots >= 5)
		)`.execute(db);
	await sql`
		create table statistics_step (
			city_id text not null,
			fiscal_year smallint not null,
			subject_kind text not null,
			subject_code text not null,
			from_on date not null,
			to_on date not null,
			count integer not null,
			released_on date not null,
			constraint statistics_step_pkey primary key (city_id, fiscal_year, subject_kind, subject_code, from_on),
			constraint statistics_step_subject_fkey
				foreign key (city_id, fiscal_year, subject_kind, subject_code) references subject,
			constraint statistics_step_release_fkey foreign key (released_on) references statistics_release,
			constraint statistics_step_days_in_order check (from_on <= to_on and to_on < released_on),
			constraint statistics_step_not_small check (count >= 5)
		)`.execute(db);
	await sql`comment on table statistics_step is 'comments on one line since it was last told'`.execute(db);
	await sql`
		create table statistics_vote (
			city_id text not null,
			consultation_id uuid not null,
			option_id text not null,
			votes integer,
			released_on date not null,
			constraint statistics_vote_pkey primary key (city_id, consultation_id, option_id),
			constraint statistics_vote_option_fkey
				foreign key (city_id, consultation_id, option_id) references consultation_option,
			constraint statistics_vote_release_fkey foreign key (released_on) references statistics_release,
			constraint statistics_vote_not_small check (votes >= 5)
		)`.execute(db);
	await sql`comment on column statistics_vote.votes is 'null: fewer than five, or none'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table statistics_vote, statistics_step, statistics_voting_period, statistics_period,
		statistics_release`.execute(db);
}
