import { sql, type Kysely } from 'kysely';

/**
 * When a session ends follows from when it began and was last used, and from whether its account is staff at that
 * moment: so it is worked out and not kept. A list of sessions needs a name for each that is not its secret.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table session
			drop column expires_at,
			add column id uuid not null default gen_random_uuid(),
			add column last_used_at timestamptz(3) not null default clock_timestamp(),
			add column browser text not null default 'other',
			add column system text not null default 'other',
			add constraint session_id_once unique (id),
			add constraint session_browser_known check (browser in
				('chrome', 'edge', 'firefox', 'opera', 'safari', 'samsung', 'yandex', 'other')),
			add constraint session_system_known check (system in
				('android', 'ios', 'linux', 'macos', 'windows', 'other'))`.execute(db);
	await sql`comment on column session.last_used_at is 'written at most hourly'`.execute(db);
	await sql`comment on column session.browser is
		'the family only, so that its owner knows the session again; the header itself is not kept'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table session
			drop constraint session_id_once,
			drop constraint session_browser_known,
			drop constraint session_system_known,
			add column expires_at timestamptz(3) not null default clock_timestamp() + interval '30 days',
			drop column id,
			drop column last_used_at,
			drop column browser,
			drop column system`.execute(db);
	await sql`alter table session alter column expires_at drop default`.execute(db);
}
