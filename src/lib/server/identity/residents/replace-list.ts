import { sql } from 'kysely';
import type { AccountId, CityId, ResidentsImportId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import { isMuchShorter, type ListRefusal, type RowFault } from '#lib/domain/identity/residents-list.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Tx } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import { transactWithCopy } from '#lib/server/db/transact-with-copy.ts';
import type { ReadList } from './read-list.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random'>;

export type ListOrder = {
	readonly cityId: CityId;
	readonly accountId: AccountId;
	readonly list: ReadList;
	/** Take the good rows though others are bad. */
	readonly skipFaults: boolean;
	/** Replace the list though the new one lacks many of the old. */
	readonly allowShorter: boolean;
};

/**
 * Puts the list that was read in the place of the city's list before, whole or not at all, and writes the protocol. Whoever
 * is missing from the new list loses nothing at once: their residency is marked, and ends some time after. The same file
 * sent again with the same wishes finds its own entry in the protocol and changes nothing. Imports of one city wait for
 * each other.
 */
export async function replaceList(app: App, order: ListOrder): Promise<ResidentsImportId> {
	const id = newId<ResidentsImportId>(app);
	const refusal = refusalOf(order);
	if (refusal !== null) return await noteRefusal(app, id, order, refusal);
	const replaced = await transactWithCopy<ResidentsImportId, ListRefusal>(app.db, async (tx, copyIn) => {
		await sql`create temporary table incoming (person_key bytea not null, district_id text) on commit drop`.execute(
			tx,
		);
		await copyIn('copy incoming (person_key, district_id) from stdin binary', order.list.persons.toCopy());
		await sql`analyze incoming`.execute(tx);
		await lockLists(tx, order.cityId);
		const earlier = await findSame(tx, order);
		// One that was refused may succeed now: its cause may have been mended, and the file is the same.
		if (earlier?.refused === false) return ok(earlier.id);

		const before = await countListed(tx, order.cityId);
		const removed = await removeUnlisted(tx, order.cityId);
		if (!order.allowShorter && isMuchShorter(before, removed)) {
			return refused({ code: 'list_much_shorter', line: null });
		}
		const added = order.list.persons.count - (before - removed);
		const written = await writeListed(tx, order.cityId, id);
		await correctDistricts(tx, order.cityId);
		await clearMarks(tx, order.cityId);
		await markUnlisted(tx, order.cityId);
		const changes = { added, changed: written - added, removed };
		await writeProtocol(tx, id, order, null, changes);
		await recordImport(tx, app, id, order, changes);
		return ok(id);
	});
	return replaced.ok ? replaced.value : await noteRefusal(app, id, order, replaced.refusal);
}

function refusalOf({ list, skipFaults }: ListOrder): ListRefusal | null {
	if (list.refusal !== null) return list.refusal;
	if (list.faults.length > 0 && !skipFaults) return { code: 'list_has_faults', line: null };
	// Of bad rows alone no list can be made.
	return list.persons.count === 0 ? { code: 'list_empty', line: null } : null;
}

async function noteRefusal(
	app: App,
	id: ResidentsImportId,
	order: ListOrder,
	refusal: ListRefusal,
): Promise<ResidentsImportId> {
	const noted = await transact<ResidentsImportId, never>(app.db, async (tx) => {
		await lockLists(tx, order.cityId);
		const earlier = await findSame(tx, order);
		if (earlier !== null) return ok(earlier.id);
		await writeProtocol(tx, id, order, refusal, NOTHING);
		return ok(id);
	});
	return noted.ok ? noted.value : id;
}

/** The protocol of a city is written by one at a time. */
async function lockLists(tx: Tx, cityId: CityId): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('residents ' || ${cityId}, 0))`.execute(tx);
}

/** The latest entry of the protocol, when it is of the same file and wishes. */
async function findSame(
	tx: Tx,
	{ cityId, list, ...wishes }: ListOrder,
): Promise<{ readonly id: ResidentsImportId; readonly refused: boolean } | null> {
	const latest = await tx
		.selectFrom('residents_import')
		.where('city_id', '=', cityId)
		.select(['id', 'file_sha256 as sha256', 'skip_faults', 'allow_shorter', 'refusal'])
		.orderBy('imported_at', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	const isSame =
		latest !== undefined &&
		Buffer.from(latest.sha256).equals(list.fileSha256) &&
		latest.skip_faults === wishes.skipFaults &&
		latest.allow_shorter === wishes.allowShorter;
	return isSame ? { id: latest.id, refused: latest.refusal !== null } : null;
}

async function countListed(tx: Tx, cityId: CityId): Promise<number> {
	const { persons } = await tx
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.select(sql<number>`count(*)::int`.as('persons'))
		.executeTakeFirstOrThrow();
	return persons;
}

/** Takes off the list whom the new one lacks, and marks the residencies of those among them who have one. */
async function removeUnlisted(tx: Tx, cityId: CityId): Promise<number> {
	const { rows } = await sql<{ removed: number }>`
		with removed as (
			delete from listed_person
				where city_id = ${cityId}
					and not exists (select from incoming where incoming.person_key = listed_person.person_key)
				returning person_key
		), marked as (
			update residency set unlisted_at = clock_timestamp()
				from person join removed on removed.person_key = person.person_key
				where person.city_id = ${cityId}
					and residency.city_id = person.city_id and residency.person_id = person.id
					and residency.ended_at is null and residency.unlisted_at is null
		)
		select count(*)::int as removed from removed`.execute(tx);
	return rows[0]?.removed ?? 0;
}

/** @returns how many rows are new or have another district. In the order of the key, so that the index is built from one end. */
async function writeListed(tx: Tx, cityId: CityId, importId: ResidentsImportId): Promise<number> {
	await sql`set local work_mem = '64MB'`.execute(tx);
	const { numAffectedRows } = await sql`
		insert into listed_person (city_id, person_key, district_id, import_id)
			select ${cityId}, person_key, district_id, ${importId} from incoming order by person_key
			on conflict on constraint listed_person_pkey do update
				set district_id = excluded.district_id, import_id = excluded.import_id
				where listed_person.district_id is distinct from excluded.district_id`.execute(tx);
	return Number(numAffectedRows ?? 0n);
}

/**
 * Marks all others whom the list does not name but should: who came by it, or by a code that was issued to somebody of
 * it. They were taken off earlier and have confirmed since, by a code that was out already or while that import ran.
 * Whoever came by a provider or an anonymous code need not be listed.
 */
async function markUnlisted(tx: Tx, cityId: CityId): Promise<void> {
	await sql`
		update residency set unlisted_at = clock_timestamp()
			from person
			where person.city_id = ${cityId}
				and residency.city_id = person.city_id and residency.person_id = person.id
				and residency.ended_at is null and residency.unlisted_at is null
				and (residency.method = 'iin' or residency.method = 'code' and exists (
					select from person_home
						where person_home.city_id = person.city_id and person_home.person_id = person.id))
				and not exists (
					select from listed_person
						where listed_person.city_id = person.city_id and listed_person.person_key = person.person_key)`.execute(tx);
}

/** Who is listed again is a resident like any other. */
async function clearMarks(tx: Tx, cityId: CityId): Promise<void> {
	await sql`
		update residency set unlisted_at = null
			from person
			where residency.city_id = ${cityId} and residency.unlisted_at is not null
				and person.city_id = residency.city_id and person.id = residency.person_id
				and exists (select from incoming where incoming.person_key = person.person_key)`.execute(tx);
}

/** A later list knows better where somebody lives; ballots keep the district they were cast in. */
async function correctDistricts(tx: Tx, cityId: CityId): Promise<void> {
	await sql`
		update person set district_id = incoming.district_id
			from incoming
			where person.city_id = ${cityId} and person.person_key = incoming.person_key
				and incoming.district_id is not null
				and person.district_id is distinct from incoming.district_id`.execute(tx);
}

type Changes = { readonly added: number; readonly changed: number; readonly removed: number };
const NOTHING: Changes = { added: 0, changed: 0, removed: 0 };

async function writeProtocol(
	tx: Tx,
	id: ResidentsImportId,
	{ cityId, accountId, list, skipFaults, allowShorter }: ListOrder,
	refusal: ListRefusal | null,
	{ added, changed, removed }: Changes,
): Promise<void> {
	await tx
		.insertInto('residents_import')
		.values({
			city_id: cityId,
			id,
			imported_by: accountId,
			file_sha256: list.fileSha256,
			skip_faults: skipFaults,
			allow_shorter: allowShorter,
			refusal: refusal?.code ?? null,
			refusal_line: refusal?.line ?? null,
			row_count: list.rowCount,
			fault_count: list.faults.length,
			unusual_count: list.unusualCount,
			added_count: added,
			changed_count: changed,
			removed_count: removed,
		})
		.execute();
	await writeFaults(tx, cityId, id, list.faults);
}

/** Counts only: the log is kept for ever, and no list may be read from it. */
async function recordImport(
	tx: Tx,
	app: App,
	id: ResidentsImportId,
	{ cityId, accountId, list, skipFaults, allowShorter }: ListOrder,
	changes: Changes,
): Promise<void> {
	await recordAct(tx, app, {
		actorId: accountId,
		cityId,
		action: 'residents.import',
		subject: { kind: 'residents_import', id },
		after: {
			file: Buffer.from(list.fileSha256).toString('hex'),
			rows: list.rowCount,
			faults: list.faults.length,
			skipFaults,
			allowShorter,
			...changes,
		},
	});
}

async function writeFaults(
	tx: Tx,
	cityId: CityId,
	importId: ResidentsImportId,
	faults: readonly RowFault[],
): Promise<void> {
	if (faults.length === 0) return;
	await sql`
		insert into residents_import_fault (city_id, import_id, line, code, earlier_line, masked_iin)
			select ${cityId}, ${importId}, line, code, earlier_line, masked_iin
			from unnest(
				${faults.map(({ line }) => line)}::int[],
				${faults.map(({ code }) => code)}::text[],
				${faults.map(({ earlierLine }) => earlierLine)}::int[],
				${faults.map(({ maskedIin }) => maskedIin)}::text[]
			) as fault (line, code, earlier_line, masked_iin)`.execute(tx);
}
