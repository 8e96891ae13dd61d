import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';

export type BudgetNote = {
	readonly id: string;
	readonly fiscalYear: number;
	readonly body: string;
	readonly language: Language;
	readonly amount: Tenge;
	readonly remark: string | null;
	readonly describes: BudgetKind;
	readonly sourceKey: string;
	readonly sourceTitle: string | null;
	readonly sourceTitleLanguage: Language | null;
	readonly publishedOn: CivilDate | null;
	readonly sourceUrl: string;
};

/** What reports say about parts of a city's budgets: rounded, never summed, apart from the lines; newest year first. */
export function listNotes(reader: Reader, cityId: CityId): Promise<BudgetNote[]> {
	return reader
		.selectFrom('budget_note')
		.where('city_id', '=', cityId)
		.select([
			'id',
			'fiscal_year as fiscalYear',
			'body',
			'language',
			'amount',
			'remark',
			'describes',
			'source_key as sourceKey',
			'source_title as sourceTitle',
			'source_title_language as sourceTitleLanguage',
			'published_on as publishedOn',
			'source_url as sourceUrl',
		])
		.orderBy('fiscal_year', 'desc')
		.orderBy('source_key')
		.orderBy('position')
		.limit(1000)
		.execute();
}
