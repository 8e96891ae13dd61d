import type { CityId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { DataKind } from '#lib/domain/participation/words.ts';
import { subjectOf } from '#lib/server/budget/index.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { inRelease, type Release, type StatisticsFilter } from '../release.ts';
import { dataKind } from './data-kind.ts';
import { BATCH, comesAfter, inBatches } from './in-batches.ts';
import { nameIn } from './subject-names.ts';

type CommentRow = {
	readonly data_kind: DataKind;
	readonly released_on: CivilDate;
	readonly city: CityId;
	readonly fiscal_year: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly name_kk: string | null;
	readonly name_ru: string | null;
	readonly name_en: string | null;
	readonly first_day: CivilDate;
	readonly last_day: CivilDate;
	readonly comments: number;
};

/** Comments by line of the budget, each time a line was told anew. */
export function commentRows(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): AsyncGenerator<CommentRow> {
	return inBatches<CommentRow>((after) =>
		reader
			.selectFrom('statistics_step as step')
			.innerJoin('statistics_release as release', 'release.released_on', 'step.released_on')
			.innerJoin('subject', (join) => join.on(subjectOf('step')))
			.where(inRelease('step', { first: 'step.from_on', last: 'step.to_on' }, release, filter))
			.where(
				comesAfter(
					['step.city_id', 'step.fiscal_year', 'step.subject_kind', 'step.subject_code', 'step.from_on'],
					after && [after.city, after.fiscal_year, after.kind, after.code, after.first_day],
				),
			)
			.select((eb) => [
				dataKind(eb.ref('release.simulated')).as('data_kind'),
				'step.released_on',
				'step.city_id as city',
				'step.fiscal_year',
				'step.subject_kind as kind',
				'step.subject_code as code',
				nameIn('kk', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_kk'),
				nameIn('ru', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_ru'),
				nameIn('en', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_en'),
				'step.from_on as first_day',
				'step.to_on as last_day',
				'step.count as comments',
			])
			.orderBy('step.city_id')
			.orderBy('step.fiscal_year')
			.orderBy('step.subject_kind')
			.orderBy('step.subject_code')
			.orderBy('step.from_on')
			.limit(BATCH)
			.execute(),
	);
}
