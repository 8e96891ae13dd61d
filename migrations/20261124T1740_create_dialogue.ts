import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table comment (
			city_id text not null,
			id uuid not null,
			fiscal_year smallint not null,
			subject_kind text not null,
			subject_code text not null,
			account_id uuid,
			language text not null,
			body text not null,
			created_at timestamptz(3) not null default clock_timestamp(),
			answered_at timestamptz(3),
			constraint comment_pkey primary key (city_id, id),
			constraint comment_subject_fkey
				foreign key (city_id, fiscal_year, subject_kind, subject_code) references subject,
			constraint comment_account_fkey foreign key (account_id) references account on delete set null,
			constraint comment_language_known check (language in ('kk', 'ru', 'en')),
			constraint comment_body_length check (char_length(body) between 1 and 2000)
		)`.execute(db);
	await sql`comment on column comment.answered_at is
		'when the first revision of the response was published, whatever its status; null while the comment waits'`.execute(
		db,
	);
	// A line's discussion, newest first; its counts come from the index alone.
	await sql`create index comment_subject_idx
		on comment (city_id, fiscal_year, subject_kind, subject_code, created_at desc, id desc)
		include (answered_at)`.execute(db);
	await sql`create index comment_account_idx on comment (account_id, created_at desc, id desc)`.execute(db);
	// The office's queue: short however many comments were ever answered.
	await sql`create index comment_waiting_idx
		on comment (city_id, created_at, id) where answered_at is null`.execute(db);
	// A city's figures and its comments by day, from the index alone.
	await sql`create index comment_city_idx on comment (city_id, created_at) include (answered_at)`.execute(db);
	await sql`
		create table response (
			city_id text not null,
			id uuid not null,
			comment_id uuid not null,
			status text not null,
			revision smallint not null,
			published_at timestamptz(3) not null default clock_timestamp(),
			constraint response_pkey primary key (city_id, id),
			constraint response_comment_once unique (city_id, comment_id),
			constraint response_comment_fkey foreign key (city_id, comment_id) references comment,
			constraint response_status_known check (status in
				('under_review', 'accepted', 'partly_accepted', 'declined', 'in_progress', 'done'))
		)`.execute(db);
	await sql`create index response_newest_idx on response (city_id, published_at desc, id desc)`.execute(db);
	await sql`create index response_latest_idx on response (published_at desc, id desc)`.execute(db);
	await sql`create index response_status_idx on response (city_id, status, published_at desc, id desc)`.execute(
		db,
	);
	await sql`
		create table response_revision (
			city_id text not null,
			response_id uuid not null,
			revision smallint not null,
			submission_id uuid not null,
			status text not null,
			account_id uuid,
			published_at timestamptz(3) not null default clock_timestamp(),
			constraint response_revision_pkey primary key (city_id, response_id, revision),
			constraint response_revision_submission_once unique (city_id, response_id, submission_id),
			constraint response_revision_response_fkey foreign key (city_id, response_id) references response,
			constraint response_revision_account_fkey foreign key (account_id) references account on delete set null,
			constraint response_revision_status_known check (status in
				('under_review', 'accepted', 'partly_accepted', 'declined', 'in_progress', 'done'))
		)`.execute(db);
	await sql`
		create table response_text (
			city_id text not null,
			response_id uuid not null,
			revision smallint not null,
			language text not null,
			body text not null,
			legal_basis text,
			complaint text,
			constraint response_text_pkey primary key (city_id, response_id, revision, language),
			constraint response_text_revision_fkey
				foreign key (city_id, response_id, revision) references response_revision,
			constraint response_text_language_known check (language in ('kk', 'ru', 'en')),
			constraint response_text_body_length check (char_length(body) between 1 and 5000),
			constraint response_text_legal_basis_length check (char_length(legal_basis) between 1 and 1000),
			constraint response_text_complaint_length check (char_length(complaint) between 1 and 1000),
			constraint response_text_refusal_whole check ((legal_basis is null) = (complaint is null))
		)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table response_text, response_revision, response, comment`.execute(db);
}
