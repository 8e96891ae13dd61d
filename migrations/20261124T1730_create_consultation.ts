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
			constraint consultation_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 60),
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
			constraint consultation_text_consultation_fkey foreign key (city_id, consultation_id) references consultation,
			constraint consultation_text_language_known check (language in ('kk', 'ru', 'en'))
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
			constraint consultation_option_subject_once unique (city_id, consultation_id, subject_kind, subject_code),
			constraint consultation_option_consultation_fkey
				foreign key (city_id, consultation_id) references consultation,
			constraint consultation_option_subject_fkey
				foreign key (city_id, fiscal_year, subject_kind, subject_code) references subject
		)`.execute(db);
	await sql`create index consultation_option_subject_idx
		on consultation_option (city_id, fiscal_year, subject_kind, subject_code)`.execute(db);
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
	await sql`create index participation_person_idx on participation (city_id, person_id)`.execute(db);
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
			constraint ballot_replaces_fkey foreign key (city_id, consultation_id, replaces) references ballot
		)`.execute(db);
	await sql`comment on table ballot is 'what was chosen, under a pseudonym; a random id and no time'`.execute(
		db,
	);
	await sql`
		create unique index ballot_one_current_per_pseudonym
			on ballot (city_id, consultation_id, pseudonym) where is_current`.execute(db);
	// Partial, and not a constraint over all rows: to a planner without statistics, a second whole index that begins with
	// the consultation looks as good as the primary key, and each replaced ballot would read all those before it.
	await sql`
		create unique index ballot_replaces_once
			on ballot (city_id, consultation_id, replaces) where replaces is not null`.execute(db);

	// What is voted on, until when and by which rules stands still once voting has opened (DESIGN, section 2). Whoever owns
	// the tables may move it all the same: demonstrations and tests move dates instead of the clock. The lock is the one
	// that a cast excludes, and the clock is read after it, so no ballot is cast under rules that are being changed.
	await sql`
		create function refuse_change_after_opening() returns trigger
		language plpgsql
		as $body$
		declare
			opens_at timestamptz;
			changed jsonb := to_jsonb(coalesce(new, old));
		begin
			if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
				return coalesce(new, old);
			end if;
			if tg_table_name = 'consultation' then
				opens_at := old.voting_opens_at;
			else
				select voting_opens_at into opens_at from consultation
					where city_id = changed ->> 'city_id' and id = (changed ->> 'consultation_id')::uuid
					for no key update;
			end if;
			if clock_timestamp() >= opens_at then
				raise exception 'voting has opened, the consultation stands still' using errcode = 'OB001';
			end if;
			return coalesce(new, old);
		end
		$body$`.execute(db);
	await sql`create trigger consultation_frozen before update or delete on consultation
		for each row execute function refuse_change_after_opening()`.execute(db);
	await sql`create trigger consultation_text_frozen before insert or update or delete on consultation_text
		for each row execute function refuse_change_after_opening()`.execute(db);
	await sql`create trigger consultation_option_frozen before insert or update or delete on consultation_option
		for each row execute function refuse_change_after_opening()`.execute(db);

	// The one way to cast: the app's role may read ballots and participations but write neither, hence security definer.
	// Everything is read under the locks and nothing is written until nothing can refuse any more, so a refusal leaves no
	// trace. Locks in a fixed order: the consultation, shared (a seal and a change take it alone); the person, which lines
	// up all casts of one person from whatever account; the residency, which may be ending this moment.
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
		security definer
		set search_path = public, pg_temp
		as $body$
		declare
			the_consultation consultation;
			the_residency residency;
			latest_submission uuid;
			replaced_ballot uuid;
			moment timestamptz;
		begin
			select * into the_consultation from consultation
				where city_id = in_city_id and id = in_consultation_id
				for share;
			if not found then
				raise exception 'no such consultation' using errcode = 'foreign_key_violation';
			end if;
			perform from person where city_id = in_city_id and id = in_person_id for no key update;
			select * into the_residency from residency
				where city_id = in_city_id and account_id = in_account_id and person_id = in_person_id
					and ended_at is null
				for share;
			if not found then
				return 'residency_missing';
			end if;

			-- After the locks, never before: waiting for them may have taken us past the end.
			moment := clock_timestamp();

			-- Submission ids are of version 7: they sort by the time at which the form was made, by this same clock. One
			-- from the future would outrank every later form of its voter. The minute is that of the domain.
			if substr(in_submission_id::text, 15, 1) <> '7'
				or ('x' || left(replace(in_submission_id::text, '-', ''), 12))::bit(48)::bigint
					> extract(epoch from moment + interval '1 minute') * 1000 then
				return 'submission_invalid';
			end if;
			select submission_id into latest_submission from participation
				where city_id = in_city_id and consultation_id = in_consultation_id and person_id = in_person_id;
			if latest_submission = in_submission_id then
				return 'repeated';
			end if;
			if latest_submission > in_submission_id then
				return 'replaced';
			end if;

			if moment < the_consultation.voting_opens_at then
				return 'not_open_yet';
			end if;
			if moment >= the_consultation.voting_ends_at then
				return 'closed';
			end if;

			-- The rules have been checked before, with words; a ballot that breaks them here is a mistake of ours.
			if cardinality(in_option_ids) > the_consultation.max_options
				or cardinality(in_option_ids) <> (
					select count(distinct id) from consultation_option
						where city_id = in_city_id and consultation_id = in_consultation_id and id = any (in_option_ids)
				) then
				raise exception 'the ballot breaks the rules of its consultation'
					using errcode = 'check_violation', constraint = 'ballot_options_valid';
			end if;

			insert into participation (city_id, consultation_id, person_id, channel, district_id, age_band, voted_on,
					submission_id)
				select in_city_id, in_consultation_id, in_person_id, 'web', person.district_id, the_residency.age_band,
						(moment at time zone city.time_zone)::date, in_submission_id
					from person join city on city.id = person.city_id
					where person.city_id = in_city_id and person.id = in_person_id
				on conflict on constraint participation_person_once do update
					set submission_id = excluded.submission_id;
			update ballot set is_current = false
				where city_id = in_city_id and consultation_id = in_consultation_id and pseudonym = in_pseudonym
					and is_current
				returning id into replaced_ballot;
			insert into ballot (city_id, consultation_id, pseudonym, option_ids, replaces)
				values (in_city_id, in_consultation_id, in_pseudonym, in_option_ids, replaced_ballot);
			return 'cast';
		end
		$body$`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop function cast_ballot`.execute(db);
	await sql`drop table ballot, participation, consultation_key, consultation_option, consultation_text,
		consultation`.execute(db);
	await sql`drop function refuse_change_after_opening`.execute(db);
}
