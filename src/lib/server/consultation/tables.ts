import type { Generated } from 'kysely';
import type {
	CityId,
	ConsultationId,
	DistrictId,
	OptionId,
	PersonId,
	SubmissionId,
} from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate, Instant } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';

export type ConsultationTables = {
	consultation: {
		city_id: CityId;
		id: ConsultationId;
		slug: string;
		fiscal_year: number;
		method: 'approval';
		max_options: number;
		tally_rule: 'totals';
		discussion_opens_at: Instant;
		voting_opens_at: Instant;
		voting_ends_at: Instant;
		counting_ends_at: Instant;
		answer_due_at: Instant;
	};
	consultation_text: {
		city_id: CityId;
		consultation_id: ConsultationId;
		language: Language;
		title: string;
		question: string;
	};
	consultation_option: {
		city_id: CityId;
		consultation_id: ConsultationId;
		id: OptionId;
		position: number;
		fiscal_year: number;
		subject_kind: LineKind;
		subject_code: string;
		cost: Tenge | null;
	};
	consultation_key: { city_id: CityId; consultation_id: ConsultationId; wrapped_key: Uint8Array };
	participation: {
		city_id: CityId;
		consultation_id: ConsultationId;
		person_id: PersonId;
		channel: 'web';
		district_id: DistrictId | null;
		age_band: AgeBand | null;
		voted_on: CivilDate;
		submission_id: SubmissionId;
	};
	ballot: {
		city_id: CityId;
		consultation_id: ConsultationId;
		id: Generated<string>;
		pseudonym: Uint8Array;
		option_ids: OptionId[];
		is_current: Generated<boolean>;
		replaces: string | null;
	};
};
