import { sql } from 'kysely';
import type { AccountId, CityId, CounterVisitId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Db, Reader } from '#lib/server/capabilities.ts';

/** What one official has entered and another may confirm. */
export type WaitingVisit = {
	readonly id: CounterVisitId;
	/** As the account calls itself in public. */
	readonly displayName: string;
	readonly maskedIin: string;
	readonly isListed: boolean;
	readonly enteredById: AccountId | null;
	/** Null once the account is deleted. */
	readonly enteredBy: string | null;
	readonly enteredAt: Instant;
};

/** Who waits at the counters of a city for a second official, the longest wait first. */
export function listWaitingVisits(reader: Reader, cityId: CityId, limit: number): Promise<WaitingVisit[]> {
	return reader
		.selectFrom('counter_visit as visit')
		.innerJoin('account as resident', 'resident.id', 'visit.account_id')
		.leftJoin('account as official', 'official.id', 'visit.entered_by')
		.leftJoin('listed_person as listed', (join) =>
			join.onRef('listed.city_id', '=', 'visit.city_id').onRef('listed.person_key', '=', 'visit.person_key'),
		)
		.where('visit.city_id', '=', cityId)
		.where('visit.entered_at', 'is not', null)
		.where('visit.confirmed_at', 'is', null)
		.where('visit.expires_at', '>', sql<Instant>`clock_timestamp()`)
		.select(['visit.id', 'resident.display_name as displayName', 'visit.masked_iin as maskedIin'])
		.select(['visit.entered_by as enteredById', 'official.display_name as enteredBy'])
		.select('visit.entered_at as enteredAt')
		.select(sql<boolean>`listed.person_key is not null`.as('isListed'))
		.orderBy('visit.entered_at')
		.orderBy('visit.id')
		.limit(limit)
		.$narrowType<{ maskedIin: string; enteredAt: Instant }>()
		.execute();
}

/** Forgets visits of yesterday, confirmed or not. */
export async function deleteOldVisits(db: Db): Promise<void> {
	await db
		.deleteFrom('counter_visit')
		.where('expires_at', '<=', sql<Instant>`clock_timestamp()`)
		.execute();
}
