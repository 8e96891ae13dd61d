import { sql } from 'kysely';
import type { CivilDate } from '#lib/domain/base/time.ts';
import { publishReleaseOf } from '#lib/server/statistics/publish-release.ts';
import type { TestDatabase } from '../database.ts';

/** The release that tells of today, which is due tomorrow; or the day after, where there is one already. */
export async function publishToday({ db }: Pick<TestDatabase, 'db'>): Promise<void> {
	const next = await db
		.selectFrom('statistics_release')
		.select(
			sql<CivilDate>`greatest(coalesce(max(released_on), '-infinity'), (now() at time zone 'Asia/Almaty')::date) + 1`.as(
				'day',
			),
		)
		.executeTakeFirstOrThrow();
	const published = await publishReleaseOf({ db }, next.day);
	if (published !== next.day) throw new Error(`nothing was published on ${next.day}`);
}
