import { Kysely, PostgresDialect, sql, type CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, CommentId } from '#lib/domain/base/ids.ts';
import {
	countComments,
	countInbox,
	findComment,
	findDialogueFigures,
	listAnswers,
	listByStatus,
	listComments,
	listLatestAnswers,
	listMyComments,
	listWaiting,
} from '#lib/server/dialogue/index.ts';
import type { Db, Reader } from '#lib/server/capabilities.ts';
import { openPool } from '#lib/server/db/pool.ts';
import type { Schema } from '#lib/server/db/schema.ts';
import { quiet } from '#scripts/instance/migrate.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aLine } from '#tests/support/factories/budget.ts';
import { aCity } from '#tests/support/factories/city.ts';
import type { Subject } from '#lib/domain/budget/code.ts';

const COMMENTS = 20_000;
const CITIES = 4;
const LINES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'];
const PAGE = 20;

let database: TestDatabase;
let line: Subject;
let middle: CommentId;
let accountId: AccountId;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db, owner } = database;
	for (let city = 0; city < CITIES; city++) {
		const cityId = await aCity(db);
		for (const code of LINES) line = await aLine(db, cityId, { code });
	}
	({ accountId } = await anAccount(db));
	await fill(owner);
	const comment = await db
		.selectFrom('comment')
		.where('city_id', '=', line.cityId)
		.where('subject_code', '=', line.code)
		.where('answered_at', 'is not', null)
		.select('id')
		.orderBy('created_at')
		.offset(COMMENTS / CITIES / LINES.length / 2)
		.limit(1)
		.executeTakeFirstOrThrow();
	middle = comment.id;
}, 120_000);
afterAll(() => database.close());

/** What lively cities have after years: nearly everything answered, some fifty comments waiting in each. */
async function fill(owner: Db): Promise<void> {
	await sql`
		insert into comment (city_id, id, fiscal_year, subject_kind, subject_code, account_id, language, body,
			created_at, answered_at)
		select city_id, gen_random_uuid(), fiscal_year, kind, code,
			case when n % 500 = 0 then ${accountId}::uuid end, 'kk', 'Сұрақ ' || n,
			now() - n * interval '1 minute', case when n > 5 then now() - n * interval '30 seconds' end
		from subject, generate_series(1, ${COMMENTS / CITIES / LINES.length}::int) as n`.execute(owner);
	await sql`
		insert into response (city_id, id, comment_id, status, revision, published_at)
		select city_id, gen_random_uuid(), id, case when random() < 0.01 then 'in_progress' else 'done' end, 1, answered_at
		from comment where answered_at is not null`.execute(owner);
	await sql`
		insert into response_revision (city_id, response_id, revision, submission_id, status, published_at)
		select city_id, id, 1, gen_random_uuid(), status, published_at from response`.execute(owner);
	await sql`
		insert into response_text (city_id, response_id, revision, language, body)
		select city_id, id, 1, language, 'Жауап' from response, (values ('kk'), ('ru')) as l (language)`.execute(
		owner,
	);
	for (const table of BIG) await sql`vacuum analyze ${sql.table(table)}`.execute(owner);
}

const BIG = ['comment', 'response', 'response_revision', 'response_text'];

type Plan = {
	'Node Type': string;
	'Relation Name'?: string;
	'Actual Rows': number;
	'Actual Loops': number;
	Plans?: Plan[];
};

/** What the statements of a read did, summed over them: rows touched in any step, and which tables were read whole. */
async function workOf(
	read: (reader: Reader) => Promise<unknown>,
): Promise<{ rows: number; scans: string[] }> {
	const sent: CompiledQuery[] = [];
	const pool = openPool(database.url, 2, quiet);
	const dialect = new PostgresDialect({ pool });
	const watched = new Kysely<Schema>({ dialect, log: ({ query }) => void sent.push(query) });
	const work = { rows: 0, scans: [] as string[] };
	try {
		await read(watched);
		for (const { sql: text, parameters } of sent) {
			const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
				`explain (analyze, format json) ${text}`,
				[...parameters],
			);
			walk(rows[0]!['QUERY PLAN'][0].Plan, (step) => {
				work.rows += step['Actual Rows'] * step['Actual Loops'];
				const table = step['Relation Name'];
				if (step['Node Type'] === 'Seq Scan' && table !== undefined && BIG.includes(table))
					work.scans.push(table);
			});
		}
		return work;
	} finally {
		await watched.destroy();
	}
}

function walk(plan: Plan, visit: (step: Plan) => void): void {
	visit(plan);
	for (const step of plan.Plans ?? []) walk(step, visit);
}

describe(`with ${COMMENTS} comments`, () => {
	const first = { from: null, limit: PAGE };
	const halfway = () => ({ from: middle, limit: PAGE });

	const LISTS: Readonly<Record<string, (reader: Reader) => Promise<unknown>>> = {
		'the first page of a discussion': (reader) => listComments(reader, line, first),
		'a page in the middle of a discussion': (reader) => listComments(reader, line, halfway()),
		'what waits': (reader) => listWaiting(reader, line.cityId, 'kk', first),
		'what waits, from the middle': (reader) => listWaiting(reader, line.cityId, 'kk', halfway()),
		'what is in progress': (reader) => listByStatus(reader, line.cityId, 'in_progress', 'kk', first),
		'what is done, from the middle': (reader) => listByStatus(reader, line.cityId, 'done', 'kk', halfway()),
		'all answers': (reader) => listAnswers(reader, line.cityId, null, 'kk', first),
		'answers of one status, from the middle': (reader) =>
			listAnswers(reader, line.cityId, 'done', 'kk', halfway()),
		'the latest answers of a city': (reader) => listLatestAnswers(reader, line.cityId, 'kk', 4),
		'the latest answers of all cities': (reader) => listLatestAnswers(reader, null, 'kk', 4),
		'one comment': (reader) => findComment(reader, line.cityId, middle, 'kk'),
		'the comments of one account': (reader) => listMyComments(reader, accountId, 'kk', first),
	};

	it.each(Object.keys(LISTS))('reads some rows of a page and no table whole: %s', async (name) => {
		const { rows, scans } = await workOf(LISTS[name]!);
		expect(scans).toEqual([]);
		expect(rows).toBeLessThan(PAGE * 50);
	});

	const COUNTS: Readonly<Record<string, (reader: Reader) => Promise<unknown>>> = {
		'of a line': (reader) => countComments(reader, line),
		"of a city's inbox": (reader) => countInbox(reader, line.cityId),
		'of a city': (reader) => findDialogueFigures(reader, line.cityId),
	};

	it.each(Object.keys(COUNTS))('counts without reading a table whole: %s', async (name) => {
		const { scans } = await workOf(COUNTS[name]!);
		expect(scans).toEqual([]);
	});
});
