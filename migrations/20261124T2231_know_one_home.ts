import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code', 'iin'))`.execute(db);

	await sql`alter table residency_code add column identity_key bytea`.execute(db);
	await sql`comment on column residency_code.identity_key is
		'HMAC-SHA-256 of who the code was issued to, the same in all cities; none for an anonymous code'`.execute(db);
	await sql`
		create table person_home (
			identity_key bytea not null,
			city_id text not null,
			person_id uuid not null,
			moved_at timestamptz(3),
			constraint person_home_pkey primary key (identity_key),
			constraint person_home_person_fkey foreign key (city_id, person_id) references person
		)`.execute(db);
	await sql`create index person_home_person_idx on person_home (city_id, person_id)`.execute(db);
	await sql`comment on table person_home is
		'in which one city somebody known by more than an anonymous code lives, whatever their accounts'`.execute(db);

	await sql.raw(castBallot(NOT_AS_ANOTHER)).execute(db);
}

/** Takes back residencies that only this method had room for. */
export async function down(db: Kysely<unknown>): Promise<void> {
	await sql.raw(castBallot('')).execute(db);
	await sql`drop table person_home`.execute(db);
	await sql`alter table residency_code drop column identity_key`.execute(db);
	await sql`delete from residency where method = 'iin'`.execute(db);
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code'))`.execute(db);
}

/**
 * Whoever left the city and came back with a new anonymous code is another person by that code. What they cast before
 * stands, and from the same account nothing is cast beside it.
 */
const NOT_AS_ANOTHER = `
			if exists (
				select from residency as earlier
					join participation on participation.city_id = earlier.city_id
						and participation.person_id = earlier.person_id
					where earlier.city_id = in_city_id and earlier.account_id = in_account_id
						and earlier.person_id <> in_person_id
						and participation.consultation_id = in_consultation_id
			) then
				return 'voted_as_another';
			end if;
`;

/** As 20261124T1730 made it, with one more reason to refuse, read under the same locks. */
function castBallot(check: string): string {
	return `
		create or replace function cast_ballot(
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
${check}
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
		$body$`;
}
