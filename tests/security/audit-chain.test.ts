import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '#lib/domain/base/result.ts';
import { hashOfAuditEntry } from '#lib/domain/proof/audit-chain.ts';
import { hashBytes, type Hash } from '#lib/domain/proof/hash.ts';
import { verifyAudit, type AuditBreak, type NotedHead } from '#lib/domain/proof/verify-audit.ts';
import { auditRecords, recordAct } from '#lib/server/audit/index.ts';
import type { Reader, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import { sha256 } from '#lib/server/digest.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

// E08, for the audit log: somebody with every right of the owner rewrites it. Each case went red once with the line of
// verifyAudit or checkLink taken out that returns what the case expects.

const ENTRIES = 6;

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	for (let revision = 1; revision <= ENTRIES; revision++) {
		await transact(database.db, async (tx) => ok(await record(tx, revision)));
	}
});
afterAll(() => database.close());

async function record(tx: Tx, revision: number): Promise<void> {
	await recordAct(tx, testApp(database.db), {
		actorId: null,
		cityId: null,
		action: 'response.publish',
		subject: { kind: 'comment', id: String(revision) },
		after: { status: 'accepted', revision },
	});
}

async function firstBreak(reader: Reader, noted: NotedHead | null = null) {
	return (await verifyAudit(sha256, auditRecords(reader), noted)).firstBreak;
}

async function noteHead(reader: Reader): Promise<NotedHead> {
	const { number, hash } = (await verifyAudit(sha256, auditRecords(reader), null)).head;
	if (hash === null) throw new Error('the log is empty');
	return { number, hash };
}

class Over extends Error {}

/** As the owner, with every trigger, key and check out of the way; afterwards all is as it was for the next case. */
async function tampering(work: (tx: Tx) => Promise<void>): Promise<void> {
	const attack = database.owner.transaction().execute(async (tx) => {
		for (const opening of [
			sql`alter table audit_entry disable trigger user`,
			sql`alter table audit_detail disable trigger user`,
			sql`alter table audit_detail drop constraint audit_detail_entry_fkey`,
			sql`alter table audit_entry drop constraint audit_entry_pkey`,
			sql`alter table audit_entry drop constraint audit_entry_first_has_none_before`,
			sql`alter table audit_entry drop constraint audit_entry_city_fkey`,
		]) {
			await opening.execute(tx);
		}
		await work(tx);
		throw new Over();
	});
	await attack.catch((error: unknown) => {
		if (!(error instanceof Over)) throw error;
	});
}

/** Hashes the whole log anew, as somebody would who knows how it is made. */
async function hashAnew(tx: Tx): Promise<void> {
	let previousHash: Hash | null = null;
	for (const facts of await Array.fromAsync(auditRecords(tx))) {
		const hash = hashOfAuditEntry(sha256, { ...facts, previousHash });
		await sql`
			update audit_entry
				set previous_hash = ${previousHash && hashBytes(previousHash)}, hash = ${hashBytes(hash)}
				where number = ${facts.number}`.execute(tx);
		previousHash = hash;
	}
}

describe('E08 in the audit log', () => {
	it('nothing is broken where nobody touched it', async () => {
		expect(await firstBreak(database.db)).toBeNull();
		expect(await noteHead(database.db)).toMatchObject({ number: ENTRIES });
	});

	const cases: readonly (readonly [string, AuditBreak, readonly RawBuilder<unknown>[]])[] = [
		...Object.entries({
			time: sql`happened_at = happened_at + interval '1 millisecond'`,
			actor: sql`actor_id = gen_random_uuid()`,
			city: sql`city_id = 'taraz'`,
			action: sql`action = 'role.grant'`,
			subject: sql`subject_id = 'another'`,
			'kind of subject': sql`subject_kind = 'another'`,
			'hash of details': sql`details_hash = hash`,
			hash: sql`hash = details_hash`,
		}).map(
			([what, change]) =>
				[
					`a changed ${what} is found at its entry`,
					{ code: 'entry_changed', number: 3 },
					[sql`update audit_entry set ${change} where number = 3`],
				] as const,
		),
		[
			'a removed entry is found',
			{ code: 'entry_missing', number: 4 },
			[sql`delete from audit_entry where number = 4`],
		],
		[
			'a removed first entry is found',
			{ code: 'entry_missing', number: 1 },
			[sql`delete from audit_entry where number = 1`],
		],
		[
			'a removed entry is found when those after it moved up',
			{ code: 'previous_differs', number: 4 },
			[
				sql`delete from audit_entry where number = 4`,
				sql`update audit_entry set number = number - 1 where number > 4`,
			],
		],
		[
			'two entries that changed places are found at the first',
			{ code: 'previous_differs', number: 2 },
			[sql`update audit_entry set number = 5 - number where number in (2, 3)`],
		],
		[
			'an entry that stands there twice is found',
			{ code: 'entry_missing', number: 3 },
			[sql`insert into audit_entry select * from audit_entry where number = 2`],
		],
		...['{"after":{"status":"declined","revision":3}}', '{}', '{"after":0.5}', '[]'].map(
			(details) =>
				[
					`details that were changed to ${details} are found`,
					{ code: 'details_changed', number: 3 },
					[sql`update audit_detail set details = ${details}::jsonb where entry_number = 3`],
				] as const,
		),
		[
			'details that were taken away without an entry about it are found',
			{ code: 'details_missing', number: 2 },
			[sql`delete from audit_detail where entry_number in (2, 5)`],
		],
	];
	for (const [name, expected, acts] of cases) {
		it(name, () =>
			tampering(async (tx) => {
				for (const act of acts) await act.execute(tx);
				expect(await firstBreak(tx)).toEqual(expected);
			}),
		);
	}

	it('a cut off end shows against a head that was noted', () =>
		tampering(async (tx) => {
			const noted = await noteHead(tx);
			await record(tx, ENTRIES + 1);
			expect(await firstBreak(tx, noted)).toBeNull();
			await sql`delete from audit_entry where number > 4`.execute(tx);
			expect(await firstBreak(tx)).toBeNull();
			expect(await firstBreak(tx, noted)).toEqual({ code: 'end_missing', number: 5 });
		}));

	it('a log written anew from some entry on shows against a head that was noted', () =>
		tampering(async (tx) => {
			const noted = await noteHead(tx);
			await sql`update audit_entry set subject_id = 'another' where number = 3`.execute(tx);
			await hashAnew(tx);
			expect(await firstBreak(tx)).toBeNull();
			expect(await firstBreak(tx, noted)).toEqual({ code: 'head_differs', number: ENTRIES });
		}));
});
