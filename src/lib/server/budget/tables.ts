import type { BudgetId, CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { BudgetKind, LineKind, LineLevel, SourceGrade, TotalItem } from '#lib/domain/budget/words.ts';

export type BudgetTables = {
	city: { id: CityId; position: number; level: 'republican' | 'oblast'; time_zone: string };
	city_text: { city_id: CityId; language: Language; name: string; region: string; akimat: string };
	/** `source` names one or several places: some names had to be put together from two. */
	district: { city_id: CityId; id: DistrictId; source: string };
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
	/**
	 * All but the key follows from the code (domain/budget/code.ts); kept so that a join finds the names and the tree.
	 * `parent_code` is null at the top and for a line that cannot be placed.
	 */
	subject: {
		city_id: CityId;
		fiscal_year: number;
		kind: LineKind;
		code: string;
		alias: string;
		level: LineLevel;
		parent_code: string | null;
		classification_code: string;
	};
	budget_line: {
		city_id: CityId;
		budget_id: BudgetId;
		fiscal_year: number;
		kind: LineKind;
		code: string;
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
		/** Null where the note has a source of its own, of which only the address is known. */
		source_title: string | null;
		source_title_language: Language | null;
		published_on: CivilDate | null;
		source_url: string;
	};
};
