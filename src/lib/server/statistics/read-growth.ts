import type { CivilDate } from '#lib/domain/base/time.ts';
import { growthDays, totalsAt } from '#lib/domain/participation/growth.ts';
import { METRICS, type Metric } from '#lib/domain/participation/words.ts';
import type { Reader } from '../capabilities.ts';
import { listPeriodEnds } from './reads.ts';
import type { Release, StatisticsFilter } from './release.ts';

export type Growth = {
	readonly days: readonly CivilDate[];
	/** Of each metric of which anything is told: how much there was in all by each of the days, null before the first. */
	readonly series: readonly { readonly metric: Metric; readonly totals: readonly (number | null)[] }[];
};

/** How participation grew, from the first day that is counted or asked for to the last that is told. */
export async function readGrowth(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): Promise<Growth> {
	const ends = await listPeriodEnds(reader, release, filter);
	const last = ends.at(-1);
	if (last === undefined) return { days: [], series: [] };
	const days = growthDays(laterOf(filter.from, release.countedFrom), last.to);
	const told = Map.groupBy(ends, (end) => end.metric);
	const series = METRICS.flatMap((metric) => {
		const periods = told.get(metric);
		return periods ? [{ metric, totals: totalsAt(days, periods) }] : [];
	});
	return { days, series };
}

/** Somebody may ask from the year 1 on: before the first counted day there is nothing to draw, and no end of days. */
function laterOf(asked: CivilDate | null, counted: CivilDate): CivilDate {
	return asked !== null && asked > counted ? asked : counted;
}
