import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { Reader } from '../capabilities.ts';

/** What of a release is wanted. Null is everything; a period is in when it lies wholly between the two days. */
export type StatisticsFilter = {
	readonly cityId: CityId | null;
	readonly from: CivilDate | null;
	readonly to: CivilDate | null;
};

export type Release = {
	readonly releasedOn: CivilDate;
	/** The first day that is counted at all. */
	readonly countedFrom: CivilDate;
	/** The last day that was over when the release was made; a series may end earlier, while it waits for five. */
	readonly countedTo: CivilDate;
	readonly simulated: boolean;
};

/** The release of that day, or the newest one; null when there is none. */
export async function findRelease(reader: Reader, releasedOn: CivilDate | null): Promise<Release | null> {
	const release = await reader
		.selectFrom('statistics_release')
		.$if(releasedOn !== null, (query) => query.where('released_on', '=', releasedOn!))
		.select([
			'released_on as releasedOn',
			'counted_from as countedFrom',
			sql<CivilDate>`released_on - 1`.as('countedTo'),
			'simulated',
		])
		.orderBy('released_on', 'desc')
		.limit(1)
		.executeTakeFirst();
	return release ?? null;
}

/**
 * True for rows of statistics that belong to a release and pass the filter. Since nothing is ever changed or taken back,
 * a release is all rows that were published up to its day: an old one can be read again, to the letter.
 */
export function inRelease(
	table: string,
	days: { readonly first: string; readonly last: string },
	release: Release,
	{ cityId, from, to }: StatisticsFilter,
): RawBuilder<SqlBool> {
	return sql<SqlBool>`(
		${sql.ref(`${table}.released_on`)} <= ${release.releasedOn}::date
		and (${cityId}::text is null or ${sql.ref(`${table}.city_id`)} = ${cityId})
		and (${from}::date is null or ${sql.ref(days.first)} >= ${from}::date)
		and (${to}::date is null or ${sql.ref(days.last)} <= ${to}::date)
	)`;
}
