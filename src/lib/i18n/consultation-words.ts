import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import { timeLeft, type Phase } from '#lib/domain/consultation/phase.ts';
import { m } from '#lib/paraglide/messages.js';

const PHASE_NAMES: Readonly<Record<Phase, () => string>> = {
	preparation: () => m.phase_preparation(),
	discussion: () => m.phase_discussion(),
	voting: () => m.phase_voting(),
	counting: () => m.phase_counting(),
	answering: () => m.phase_answering(),
	closed: () => m.phase_closed(),
};

export function phaseName(phase: Phase): string {
	return PHASE_NAMES[phase]();
}

/** `18 күн қалды`, never more than there is; null when the time is over. */
export function formatTimeLeft(now: Instant, until: Instant): string | null {
	const left = timeLeft(now, until);
	if (left === null) return null;
	const { unit, count } = left;
	switch (unit) {
		case 'days':
			return m.time_left_days({ count });
		case 'hours':
			return m.time_left_hours({ count });
		case 'minutes':
			return count === 0 ? m.time_left_seconds() : m.time_left_minutes({ count });
	}
}

/** Of which year and version the amount beside an option is; null where none is known. */
export function amountSource(year: number | null, kind: BudgetKind | null): string | null {
	if (year === null || kind === null) return null;
	switch (kind) {
		case 'approved':
			return m.consultation_amount_approved({ year });
		case 'amended':
			return m.consultation_amount_amended({ year });
		case 'executed':
			return m.consultation_amount_executed({ year });
		case 'draft':
			return null;
	}
}

/** The `lang` of a passage that is not in the language of the page, else nothing. */
export function foreignLang(passage: { language: Language }, page: Language): Language | undefined {
	return passage.language === page ? undefined : passage.language;
}
