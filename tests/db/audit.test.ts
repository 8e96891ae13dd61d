import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { auditRecords, eraseDetails, recordAct, type Act } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import { verifyAudit } from '#lib/domain/proof/verify-audit.ts';
import { transact } from '#lib/server/db/transact.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aCity } from '#tests/support/factories/city.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(() => database.close());

function anAct(changes: Partial<Act> = {}): Act {
	return {
		actorId: null,
		cityId: null,
		action: 'response.publish',
		subject: { kind: 'comment', id: '01890000-0000-7000-8000-000000000001' },
		before: { status: 'under_review' },
		after: { status: 'accepted' },
		...changes,
	};
}

const record = (act: Act = anAct()) => transact(app.db, async (tx) => ok(await recordAct(tx, app, act)));

function listEntries() {
	return app.db
		.selectFrom('audit_entry')
		.select(['number', 'actor_id', 'city_id', 'action', 'happened_at', 'hash', 'previous_hash'])
		.orderBy('number')
		.execute();
}

describe('recordAct', () => {
	it('keeps who did what, where and to what, and what was before and after', async () => {
		const cityId = await aCity(app.db);
		const { accountId } = await anOfficial(app.db, cityId);
		await record(anAct({ actorId: accountId, cityId }));
		const last = await app.db
			.selectFrom('audit_entry')
			.innerJoin('audit_detail', 'entry_number', 'number')
			.select(['actor_id', 'city_id', 'action', 'subject_kind', 'subject_id', 'details', 'happened_at'])
			.orderBy('number', 'desc')
			.limit(1)
			.executeTakeFirstOrThrow();
		expect(last).toMatchObject({
			actor_id: accountId,
			city_id: cityId,
			action: 'response.publish',
			subject_kind: 'comment',
			subject_id: '01890000-0000-7000-8000-000000000001',
			details: { before: { status: 'under_review' }, after: { status: 'accepted' } },
		});
		expect(Math.abs(Date.parse(last.happened_at) - Date.now())).toBeLessThan(60_000);
	});

	it('numbers acts of one moment without gaps, each on top of the one before', async () => {
		const before = await listEntries();
		await Promise.all(Array.from({ length: 20 }, () => record()));
		const after = await listEntries();
		expect(after).toHaveLength(before.length + 20);
		expect(after.map(({ number }) => number)).toEqual(after.map((_, index) => index + 1));
		for (const [index, entry] of after.entries()) {
			expect(entry.previous_hash ?? null).toEqual(after[index - 1]?.hash ?? null);
		}
	});

	it('leaves neither an entry nor a gap of an act that was rolled back', async () => {
		const before = await listEntries();
		await transact(app.db, async (tx) => {
			await recordAct(tx, app, anAct());
			return refused({ code: 'changed_their_mind' });
		});
		await record();
		const after = await listEntries();
		expect(after.map(({ number }) => number)).toEqual([
			...before.map(({ number }) => number),
			before.length + 1,
		]);
	});

	it('keeps an act whose actor has no account any more', async () => {
		const actorId = '01890000-0000-7000-8000-0000000000ff' as AccountId;
		await record(anAct({ actorId }));
		expect((await listEntries()).at(-1)?.actor_id).toBe(actorId);
	});
});

describe('the audit log', () => {
	const changes = [
		sql`update audit_entry set action = 'nothing.happened'`,
		sql`delete from audit_entry`,
		sql`truncate audit_entry cascade`,
		sql`update audit_detail set details = '{}'`,
		sql`truncate audit_detail`,
	];

	it('can be read and added to by the role that serves, nothing else', async () => {
		await record();
		for (const change of [...changes, sql`delete from audit_detail`]) {
			await expect(change.execute(database.db)).rejects.toThrow(/permission denied/);
		}
	});

	it('cannot be rewritten by its owner either', async () => {
		await record();
		for (const change of changes) {
			await expect(change.execute(database.owner)).rejects.toThrow(/only added to/);
		}
	});

	it('takes no number twice', async () => {
		await record();
		const again = sql`insert into audit_entry select * from audit_entry where number = 1`.execute(
			database.db,
		);
		await expect(again).rejects.toThrow(/audit_entry_pkey/);
	});
});

describe('eraseDetails', () => {
	it('takes the details away, keeps the entry and records itself in the same city', async () => {
		const cityId = await aCity(app.db);
		await record(anAct({ cityId }));
		const entry = (await listEntries()).at(-1)!;
		expect(await eraseDetails(testApp(database.owner), entry.number)).toEqual(ok(null));
		const details = app.db
			.selectFrom('audit_detail')
			.where('entry_number', '=', entry.number)
			.select('details')
			.executeTakeFirst();
		expect(await details).toBeUndefined();
		const [kept, erasure] = (await listEntries()).slice(-2);
		expect(kept).toEqual(entry);
		expect(erasure).toMatchObject({ action: 'audit.erase', actor_id: null, city_id: cityId });
	});

	it('leaves the log whole', async () => {
		await record();
		await eraseDetails(testApp(database.owner), 1);
		const report = await verifyAudit(sha256, auditRecords(app.db), null);
		expect(report.firstBreak).toBeNull();
		expect(report.erased).toBeGreaterThan(0);
		expect(report.head.number).toBe((await listEntries()).length);
	});

	it('refuses what is not there, and a second time, and records neither', async () => {
		await record();
		const { number } = (await listEntries()).at(-1)!;
		await eraseDetails(testApp(database.owner), number);
		const before = await listEntries();
		expect(await eraseDetails(testApp(database.owner), number)).toEqual(
			refused({ code: 'audit_details_erased' }),
		);
		expect(await eraseDetails(testApp(database.owner), 1_000_000)).toEqual(
			refused({ code: 'audit_entry_unknown' }),
		);
		expect(await listEntries()).toEqual(before);
	});

	it('is not for the role that serves', async () => {
		await record();
		await expect(eraseDetails(app, 1)).rejects.toThrow(/permission denied/);
	});
});
