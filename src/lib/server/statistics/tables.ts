import type { Generated } from 'kysely';
import type { CityId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import type { CivilDate, Instant } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { DailyMetric } from '#lib/domain/participation/words.ts';

export type StatisticsTables = {
	statistics_release: {
		released_on: CivilDate;
		counted_from: CivilDate;
		simulated: boolean;
		published_at: Generated<Instant>;
	};
	statistics_period: {
		city_id: CityId;
		metric: DailyMetric;
		from_on: CivilDate;
		to_on: CivilDate;
		count: number;
		median_wait: string | null;
		released_on: CivilDate;
	};
	statistics_voting_period: {
		city_id: CityId;
		consultation_id: ConsultationId;
		from_on: CivilDate;
		to_on: CivilDate;
		ballots: number;
		released_on: CivilDate;
	};
	statistics_step: {
		city_id: CityId;
		fiscal_year: number;
		subject_kind: LineKind;
		subject_code: string;
		from_on: CivilDate;
		to_on: CivilDate;
		count: number;
		released_on: CivilDate;
	};
	statistics_vote: {
		city_id: CityId;
		consultation_id: ConsultationId;
		option_id: OptionId;
		votes: number | null;
		released_on: CivilDate;
	};
};
