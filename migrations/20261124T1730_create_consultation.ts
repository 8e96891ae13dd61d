import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table consultation (
			city_id text not null,
			id uuid not null,
			slug text not null,
			fiscal_year smallint not null,
			method text not null,
			max_options smallint not null,
			tally_rule text not null,
			discussion_opens_at timestamptz(3) not null,
			voting_opens_at timestamptz(3) not null,
			voting_ends_at timestamptz(3) not null,
			counting_ends_at timestamptz(3) not null,
			answer_due_at timestamptz(3) not null,
			constraint consultation_pkey primary key (city_id, id),
			constraint consultation_slug_once unique (city_id, slug),
			constraint consultation_city_fkey foreign key (city_id) references city,
			constraint consultation_method_known check (method in ('approval')),
			constraint consultation_tally_rule_known check (tally_rule in ('totals')),
			constraint consultation_max_options_positive check (max_options > 0),
			constraint consultation_dates_in_order check (discussion_opens_at <= voting_opens_at
				and voting_opens_at < voting_ends_at and voting_ends_at <= counting_ends_at
				and counting_ends_at <= answer_due_at)
		)`.execute(db);
	await sql`
		create table consultation_text (
			city_id text not null,
			consultation_id uuid not null,
			language text not null,
			title text not null,
			question text not null,
			constraint consultation_text_pkey primary key (city_id, consultation_id, language),
			constraint consultation_text_consultation_fkey foreign key (city_id, consultation_id) references consultation
		)`.execute(db);
	await sql`
		create table consultation_option (
			city_id text not null,
			consultation_id uuid not null,
			id text not null,
			position smallint not null,
			fiscal_year smallint not null,
			subject_kind text not null,
			subject_code text not null,
			cost bigint,
			constraint consultation_option_pkey primary key (city_id, consultation_id, id),
			constraint consultation_option_position_once unique (city_id, consultation_id, position),
			constraint consultation_option_consultation_fkey
				foreign key (city_id, consultation_id) references consultation,
			constraint consultation_option_subject_fkey
				foreign key (city_id, fiscal_year, subject_kind, subject_code) references subject
		)`.execute(db);
	await sql`
		create table consultation_key (
			city_id text not null,
			consultation_id uuid not null,
			wrapped_key bytea not null,
			constraint consultation_key_pkey primary key (city_id, consultation_id),
			constraint consultation_key_consultation_fkey
				foreign key (city_id, consultation_id) references consultation
		)`.execute(db);
	await sql`comment on table consultation_key is
		'the key of the pseudonyms, wrapped by a secret of the environment; deleted at the seal'`.execute(db);

	await sql`
		create table participation (
			city_id text not null,
			consultation_id uuid not null,
			person_id uuid not null,
			channel text not null,
			district_id text,
			age_band text,
			voted_on date not null,
			submission_id uuid not null,
			constraint participation_person_once primary key (city_id, consultation_id, person_id),
			constraint participation_consultation_fkey
				foreign key (city_id, consultation_id) references consultation,
			constraint participation_person_fkey foreign key (city_id, person_id) references person,
			constraint participation_channel_known check (channel in ('web'))
		)`.execute(db);
	await sql`comment on table participation is 'who took part; never what they chose, and no finer than the day'`.execute(
		db,
	);
	await sql`
		create table ballot (
			city_id text not null,
			consultation_id uuid not null,
			id uuid not null default gen_random_uuid(),
			pseudonym bytea not null,
			option_ids text[] not null,
			is_current boolean not null default true,
			replaces uuid,
			constraint ballot_pkey primary key (city_id, consultation_id, id),
			constraint ballot_consultation_fkey foreign key (city_id, consultation_id) references consultation,
			constraint ballot_replaces_fkey foreign key (city_id, consultation_id, replaces) references ballot,
			constraint ballot_replaces_once unique (city_id, consultation_id, replaces)
		)`.execute(db);
	await sql`comment on table ballot is 'what was chosen, under a pseudonym; a random id and no time'`.execute(
		db,
	);
	await sql`
		create unique index ballot_one_current_per_pseudonym
			on ballot (city_id, consultation_id, pseudonym) where is_current`.execute(db);

	// The one way to cast. Locks in a fixed order: the consultation shared (a seal takes it alone), then the person's
	// participation. The database's clock decides whether voting is open; the residency is checked again here because it
	// may have ended since the page was opened.
	await sql`
		create function cast_ballot(
			in_city_id text,
			in_consultation_id uuid,
			in_account_id uuid,
			in_person_id uuid,
			in_pseudonym bytea,
			in_submission_id uuid,
			in_option_ids text[]
		) returns text
		language plpgsql
		as $body$
		declare
			the_consultation consultation;
			the_residency residency;
			latest_submission uuid;
			old_ballot uuid;
			moment timestamptz;
		begin
			select * into the_consultation from consultation
				where city_id = in_city_id and id = in_consultation_id for share;
			if not found then
				return 'consultation_unknown';
			end if;

			select * into the_residency from residency
				where city_id = in_city_id and account_id = in_account_id and person_id = in_person_id
					and ended_at is null
				for share;
			if not found then
				return 'residency_missing';
			end if;

			insert into participation (city_id, consultation_id, person_id, channel, district_id, age_band, voted_on,
					submission_id)
				select in_city_id, in_consultation_id, in_person_id, 'web', person.district_id, the_residency.age_band,
						(clock_timestamp() at time zone city.time_zone)::date, '00000000-0000-0000-0000-000000000000'
					from person join city on city.id = person.city_id
					where person.city_id = in_city_id and person.id = in_person_id
				on conflict on constraint participation_person_once do nothing;
			select submission_id into latest_submission from participation
				where city_id = in_city_id and consultation_id = in_consultation_id and person_id = in_person_id
				for update;

			-- Submission ids are of version 7, so they sort by the time the form was made: the same one again is the same
			-- act, an older one has been replaced by a newer ballot.
			if latest_submission = in_submission_id then
				return 'repeated';
			end if;
			if latest_submission > in_submission_id then
				return 'replaced';
			end if;

			-- Read after the locks: waiting for them may have taken us past the end.
			moment := clock_timestamp();
			if moment < the_consultation.voting_opens_at or moment >= the_consultation.voting_ends_at then
				raise exception 'voting is closed' using errcode = 'OB001';
			end if;

			if cardinality(in_option_ids) > the_consultation.max_options
				or cardinality(in_option_ids) <> (select count(distinct chosen) from unnest(in_option_ids) as chosen)
				or exists (select from unnest(in_option_ids) as chosen
					where not exists (select from consultation_option
						where city_id = in_city_id and consultation_id = in_consultation_id and id = chosen)) then
				raise exception 'ballot breaks its rules' using errcode = 'OB002';
			end if;

			update ballot set is_current = false
				where city_id = in_city_id and consultation_id = in_consultation_id and pseudonym = in_pseudonym
					and is_current
				returning id into old_ballot;
			insert into ballot (city_id, consultation_id, pseudonym, option_ids, replaces)
				values (in_city_id, in_consultation_id, in_pseudonym, in_option_ids, old_ballot);
			update participation set submission_id = in_submission_id
				where city_id = in_city_id and consultation_id = in_consultation_id and person_id = in_person_id;
			return 'cast';
		end
		$body$`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop function cast_ballot`.execute(db);
	await sql`drop table ballot, participation, consultation_key, consultation_option, consultation_text,
		consultation`.execute(db);
}
