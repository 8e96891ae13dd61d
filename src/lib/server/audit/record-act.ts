import { sql } from 'kysely';
import type { AuditAction } from '#lib/domain/access/audit-actions.ts';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { hashOfAuditEntry, hashOfDetails, type AuditFacts } from '#lib/domain/proof/audit-chain.ts';
import { canonicalJson, type Json } from '#lib/domain/proof/canonical-json.ts';
import { hashBytes, toHash } from '#lib/domain/proof/hash.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { sha256 } from '../digest.ts';

/** One act of staff, by whom, where, on what, and how that changed. */
export type Act = {
	/** Null: the operator, by a command on the server. */
	readonly actorId: AccountId | null;
	/** Null where the act belongs to no city. */
	readonly cityId: CityId | null;
	readonly action: AuditAction;
	/** What was acted on, by an id that names no person. */
	readonly subject: { readonly kind: string; readonly id: string };
	/** Left out where there was nothing before, or where nothing is left after. Amounts as text. */
	readonly before?: Json;
	readonly after?: Json;
};

const SALT_BYTES = 32;

/**
 * Adds an act to the audit log, in the transaction that does it: both are there, or neither. Call it last. From here to
 * the commit no other act can be recorded, so whatever else the transaction waits for, it should have by now.
 */
export async function recordAct(tx: Tx, app: Pick<Capabilities, 'random'>, act: Act): Promise<void> {
	const { actorId, cityId, action, subject, before, after } = act;
	const details = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
	const salt = app.random(SALT_BYTES);
	const detailsHash = hashOfDetails(sha256, salt, details);

	const newest = await lockNewest(tx);
	const facts: AuditFacts = {
		number: (newest.number ?? 0) + 1,
		previousHash: newest.hash && toHash(newest.hash),
		happenedAt: newest.now,
		actorId,
		cityId,
		action,
		subject,
		detailsHash,
	};
	await tx
		.with('entry', (db) =>
			db.insertInto('audit_entry').values({
				number: facts.number,
				happened_at: facts.happenedAt,
				actor_id: actorId,
				city_id: cityId,
				action,
				subject_kind: subject.kind,
				subject_id: subject.id,
				details_hash: hashBytes(detailsHash),
				previous_hash: newest.hash,
				hash: hashBytes(hashOfAuditEntry(sha256, facts)),
			}),
		)
		.insertInto('audit_detail')
		.values({ entry_number: facts.number, salt, details: canonicalJson(details) })
		.execute();
}

/** The newest entry and the time, once nobody else is adding: numbers have no gaps and hashes one order. */
async function lockNewest(tx: Tx): Promise<{ number: number | null; hash: Uint8Array | null; now: Instant }> {
	await sql`select pg_advisory_xact_lock(hashtext('audit log'))`.execute(tx);
	// A statement of its own: one that had waited for the lock would still see the log as it was before.
	return await tx
		.selectNoFrom((eb) => [
			sql<Instant>`clock_timestamp()`.as('now'),
			eb.selectFrom('audit_entry').select('number').orderBy('number', 'desc').limit(1).as('number'),
			eb.selectFrom('audit_entry').select('hash').orderBy('number', 'desc').limit(1).as('hash'),
		])
		.executeTakeFirstOrThrow();
}
