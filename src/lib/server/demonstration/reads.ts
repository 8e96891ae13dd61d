import { sql } from 'kysely';
import type { AccountId, CityId, DistrictId, PersonId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { Reader } from '../capabilities.ts';
import type { DemonstrationCity, DemonstrationSubject } from './plan.ts';

/** How far back comments look for a year whose lines are known in detail. */
const YEARS_BACK = 3;

export function listDemonstrationCities(reader: Reader): Promise<DemonstrationCity[]> {
	return reader
		.selectFrom('city')
		.select([
			'id',
			'level',
			'time_zone as timeZone',
			sql<DistrictId[]>`array(select d.id from district as d where d.city_id = city.id order by d.id)`.as(
				'districts',
			),
		])
		.orderBy('position')
		.limit(1000)
		.execute();
}

/** Spending of recent years and the next one, in an order that does not change. */
export function listDemonstrationSubjects(
	reader: Reader,
	currentYear: number,
): Promise<DemonstrationSubject[]> {
	return reader
		.selectFrom('subject')
		.where('kind', '=', 'expenditure')
		.where('fiscal_year', '>=', currentYear - YEARS_BACK)
		.where('fiscal_year', '<=', currentYear + 1)
		.select(['city_id as cityId', 'fiscal_year as fiscalYear', 'code'])
		.orderBy('city_id')
		.orderBy('fiscal_year')
		.orderBy(sql`code collate "C"`)
		.limit(100_000)
		.execute();
}

/** Somebody simulated who can vote again. */
export type StandingVoter = {
	readonly cityId: CityId;
	readonly accountId: AccountId;
	readonly personId: PersonId;
	readonly districtId: DistrictId | null;
	readonly ageBand: AgeBand | null;
	readonly registeredAt: Instant;
};

export function listStandingVoters(reader: Reader, addresses: string): Promise<StandingVoter[]> {
	return reader
		.selectFrom('residency')
		.innerJoin('account', 'account.id', 'residency.account_id')
		.innerJoin('person', (join) =>
			join.onRef('person.city_id', '=', 'residency.city_id').onRef('person.id', '=', 'residency.person_id'),
		)
		.where('residency.ended_at', 'is', null)
		.where('account.email_key', 'like', `%@${addresses}`)
		.select([
			'residency.city_id as cityId',
			'residency.account_id as accountId',
			'residency.person_id as personId',
			'person.district_id as districtId',
			'residency.age_band as ageBand',
			'account.created_at as registeredAt',
		])
		.orderBy('residency.city_id')
		.orderBy('account.email_key')
		.limit(100_000)
		.execute();
}
