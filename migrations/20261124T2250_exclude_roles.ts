import { sql, type Kysely } from 'kysely';

/**
 * Who checks a city's officials is none of them: a moderator is never an official of the same city, and who hands out
 * roles never answers in a city's name.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	// Each role is granted once, so two rows of one account in one city are the two roles.
	await sql`
		create unique index role_grant_official_or_moderator on role_grant (city_id, account_id)
			where role in ('official', 'moderator')`.execute(db);
	await sql`
		create function refuse_official_administrator() returns trigger
		language plpgsql
		as $body$
		begin
			-- Of two grants to one account at once the second waits here, and then sees the first.
			perform from account where id = new.account_id for no key update;
			if exists (select from role_grant
				where account_id = new.account_id
					and role = case new.role when 'official' then 'administrator' else 'official' end)
			then
				raise exception 'an administrator is no official' using errcode = 'OB250';
			end if;
			return new;
		end
		$body$`.execute(db);
	await sql`
		create trigger role_grant_official_or_administrator before insert or update on role_grant
			for each row when (new.role in ('official', 'administrator'))
			execute function refuse_official_administrator()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop trigger role_grant_official_or_administrator on role_grant`.execute(db);
	await sql`drop function refuse_official_administrator`.execute(db);
	await sql`drop index role_grant_official_or_moderator`.execute(db);
}
