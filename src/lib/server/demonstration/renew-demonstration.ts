import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Reader } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { seededDraw } from './draw.ts';
import { planOpenConsultation } from './plan-consultations.ts';
import { listDemonstrationCities, listDemonstrationSubjects, listStandingVoters } from './reads.ts';
import { RESIDENT_DOMAIN } from './staff.ts';
import { writeConsultations } from './write-consultations.ts';

/**
 * Opens a new consultation in each city of a demonstration once all others have ended, so that there is always
 * something to vote on. Does nothing in a database that is none. The database must be opened as its owner.
 * @returns how many it opened.
 */
export async function renewDemonstration(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
): Promise<number> {
	const now = app.clock();
	const opened = await transact<number, never>(app.db, async (tx) => {
		// Two starts at once: the second waits here and then finds open consultations.
		const mark = await tx.selectFrom('demonstration').select('seed').forUpdate().executeTakeFirst();
		if (!mark || (await isAnyOpen(tx))) return ok(0);
		const cities = await listDemonstrationCities(tx);
		const subjects = await listDemonstrationSubjects(tx, Number(now.slice(0, 4)));
		const voters = await listStandingVoters(tx, RESIDENT_DOMAIN);
		const rounds = await countConsultations(tx);
		const consultations = cities.map((city) => {
			const round = (rounds.get(city.id) ?? 0) + 1;
			return {
				cityId: city.id,
				consultation: planOpenConsultation(
					seededDraw(mark.seed, `round ${round} ${city.id}`),
					city,
					subjects.filter((subject) => subject.cityId === city.id),
					voters.filter((voter) => voter.cityId === city.id),
					now,
					`-${round}`,
				),
			};
		});
		await writeConsultations(tx, app, consultations);
		return ok(consultations.length);
	});
	return opened.ok ? opened.value : 0;
}

async function isAnyOpen(reader: Reader): Promise<boolean> {
	const open = await reader
		.selectFrom('consultation')
		.where('voting_ends_at', '>', sql<Instant>`clock_timestamp()`)
		.select('id')
		.limit(1)
		.executeTakeFirst();
	return open !== undefined;
}

async function countConsultations(reader: Reader): Promise<ReadonlyMap<CityId, number>> {
	const counts = await reader
		.selectFrom('consultation')
		.groupBy('city_id')
		.select(['city_id as cityId', (eb) => eb.fn.countAll<bigint>().as('count')])
		.execute();
	return new Map(counts.map(({ cityId, count }) => [cityId, Number(count)]));
}
