import type { BudgetId, CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { BudgetKind, LineKind, LineLevel, SourceGrade, TotalItem } from '#lib/domain/budget/words.ts';

export type BudgetTables = {
	city: { id: CityId; position: number; level: 'republican' | 'oblast'; time_zone: string };
	city_text: { city_id: CityId; language: Language; name: string; region: string; akimat: string };
	district: { city_id: CityId; id: DistrictId; source_url: string };
	district_text: { city_id: CityId; district_id: DistrictId; language: Language; name: string };
	population: {
		city_id: CityId;
		counted_on: CivilDate;
		scope: 'city' | 'city_administration';
		people: number;
		rounded_to: number;
		source_url: string;
	};
	classification: { kind: LineKind; code: string; level: LineLevel; source_url: string };
	classification_text: { kind: LineKind; code: string; language: Language; name: string };
	budget: {
		city_id: CityId;
		id: BudgetId;
		fiscal_year: number;
		kind: BudgetKind;
		sequence: number;
		source_key: string;
		grade: SourceGrade;
		title: string;
		title_language: Language;
		number: string | null;
		decided_on: CivilDate | null;
		registration: string | null;
		source_url: string | null;
	};
	budget_total: { city_id: CityId; budget_id: BudgetId; item: TotalItem; amount: Tenge };
	subject: { city_id: CityId; fiscal_year: number; kind: LineKind; code: string; alias: string };
	budget_line: {
		city_id: CityId;
		budget_id: BudgetId;
		fiscal_year: number;
		kind: LineKind;
		code: string;
		level: LineLevel;
		parent_code: string | null;
		amount: Tenge;
	};
	budget_note: {
		city_id: CityId;
		id: string;
		fiscal_year: number;
		position: number;
		source_key: string;
		body: string;
		language: Language;
		amount: Tenge;
		remark: string | null;
		describes: BudgetKind;
		source_title: string;
		published_on: CivilDate | null;
		source_url: string;
	};
};
