import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table city (
			id text not null,
			position smallint not null,
			level text not null,
			time_zone text not null,
			constraint city_pkey primary key (id),
			constraint city_position_once unique (position),
			constraint city_id_is_slug check (id ~ '^[a-z][a-z-]{1,39}$'),
			constraint city_level_known check (level in ('republican', 'oblast'))
		)`.execute(db);
	await sql`
		create table city_text (
			city_id text not null,
			language text not null,
			name text not null,
			region text not null,
			akimat text not null,
			constraint city_text_pkey primary key (city_id, language),
			constraint city_text_city_fkey foreign key (city_id) references city
		)`.execute(db);
	await sql`
		create table district (
			city_id text not null,
			id text not null,
			source text not null,
			constraint district_pkey primary key (city_id, id),
			constraint district_city_fkey foreign key (city_id) references city
		)`.execute(db);
	await sql`
		create table district_text (
			city_id text not null,
			district_id text not null,
			language text not null,
			name text not null,
			constraint district_text_pkey primary key (city_id, district_id, language),
			constraint district_text_district_fkey foreign key (city_id, district_id) references district
		)`.execute(db);
	await sql`
		create table population (
			city_id text not null,
			counted_on date not null,
			scope text not null,
			people integer not null,
			rounded_to smallint not null,
			source_url text not null,
			constraint population_pkey primary key (city_id, counted_on, scope),
			constraint population_city_fkey foreign key (city_id) references city,
			constraint population_scope_known check (scope in ('city', 'city_administration')),
			constraint population_people_positive check (people > 0 and rounded_to > 0)
		)`.execute(db);
	await sql`
		create table classification (
			kind text not null,
			code text not null,
			level text not null,
			source_url text not null,
			constraint classification_pkey primary key (kind, code),
			constraint classification_kind_known check (kind in ('revenue', 'expenditure')),
			constraint classification_level_known
				check (level in ('class', 'group', 'subgroup', 'administrator', 'programme', 'subprogramme'))
		)`.execute(db);
	await sql`
		create table classification_text (
			kind text not null,
			code text not null,
			language text not null,
			name text not null,
			constraint classification_text_pkey primary key (kind, code, language),
			constraint classification_text_code_fkey foreign key (kind, code) references classification
		)`.execute(db);
	await sql`
		create table budget (
			city_id text not null,
			id uuid not null,
			fiscal_year smallint not null,
			kind text not null,
			sequence smallint not null,
			source_key text not null,
			grade text not null,
			title text not null,
			title_language text not null,
			number text,
			decided_on date,
			registration text,
			source_url text,
			constraint budget_pkey primary key (city_id, id),
			constraint budget_city_fkey foreign key (city_id) references city,
			constraint budget_version_once unique (city_id, fiscal_year, kind, sequence),
			constraint budget_source_once unique (city_id, source_key),
			constraint budget_kind_known check (kind in ('draft', 'approved', 'amended', 'executed')),
			constraint budget_grade_known check (grade in ('decision', 'bulletin', 'portal', 'report')),
			constraint budget_sequence_positive check (sequence > 0)
		)`.execute(db);
	await sql`
		create table budget_total (
			city_id text not null,
			budget_id uuid not null,
			item text not null,
			amount bigint not null,
			constraint budget_total_pkey primary key (city_id, budget_id, item),
			constraint budget_total_budget_fkey foreign key (city_id, budget_id) references budget on delete cascade,
			constraint budget_total_item_known check (item in ('revenues', 'expenditures', 'net_lending', 'credits',
				'credit_repayment', 'financial_assets', 'assets_acquired', 'assets_sold', 'balance', 'financing', 'loans',
				'loan_repayment', 'balances_used'))
		)`.execute(db);
	await sql`
		create table subject (
			city_id text not null,
			fiscal_year smallint not null,
			kind text not null,
			code text not null,
			alias text not null,
			level text not null,
			parent_code text,
			classification_code text not null,
			constraint subject_pkey primary key (city_id, fiscal_year, kind, code),
			-- Not the year first: to a planner without statistics it would look as good as the primary key for its joins.
			constraint subject_alias_once unique (city_id, alias, fiscal_year),
			constraint subject_city_fkey foreign key (city_id) references city,
			constraint subject_classification_fkey
				foreign key (kind, classification_code) references classification,
			constraint subject_kind_known check (kind in ('revenue', 'expenditure')),
			constraint subject_level_known
				check (level in ('class', 'group', 'subgroup', 'administrator', 'programme', 'subprogramme'))
		)`.execute(db);
	await sql`comment on column subject.classification_code is
		'under which code the classification names it: an administrator is listed there without its group'`.execute(
		db,
	);
	await sql`create index subject_classification_idx on subject (kind, classification_code)`.execute(db);
	await sql`
		create table budget_line (
			city_id text not null,
			budget_id uuid not null,
			fiscal_year smallint not null,
			kind text not null,
			code text not null,
			amount bigint not null,
			constraint budget_line_pkey primary key (city_id, budget_id, kind, code),
			constraint budget_line_budget_fkey foreign key (city_id, budget_id) references budget on delete cascade,
			constraint budget_line_subject_fkey
				foreign key (city_id, fiscal_year, kind, code) references subject
		)`.execute(db);
	await sql`create index budget_line_subject_idx on budget_line (city_id, fiscal_year, kind, code)`.execute(
		db,
	);
	await sql`
		create table budget_note (
			city_id text not null,
			id uuid not null,
			fiscal_year smallint not null,
			position smallint not null,
			source_key text not null,
			body text not null,
			language text not null,
			amount bigint not null,
			remark text,
			describes text not null,
			source_title text,
			source_title_language text,
			published_on date,
			source_url text not null,
			constraint budget_note_pkey primary key (city_id, id),
			constraint budget_note_city_fkey foreign key (city_id) references city,
			constraint budget_note_position_once unique (city_id, source_key, position),
			constraint budget_note_describes_known check (describes in ('draft', 'approved', 'amended', 'executed'))
		)`.execute(db);
	await sql`create index budget_note_year_idx on budget_note (city_id, fiscal_year)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table budget_note, budget_line, subject, budget_total, budget, classification_text, classification,
		population, district_text, district, city_text, city`.execute(db);
}
