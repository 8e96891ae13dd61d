import type { BudgetKind, SourceGrade } from './words.ts';

/** Something that a reader may look for and not find. */
export type Gap =
	| 'budget_unknown'
	| 'budget_old'
	| 'revenue_unknown'
	| 'expenditure_unknown'
	| 'balance_unknown'
	| 'groups_unknown'
	| 'details_unknown'
	| 'execution_unknown'
	| 'decision_unread';

/** Why it is missing. */
export type GapReason =
	| 'no_document_found'
	| 'annex_unread'
	| 'clause_read_in_part'
	| 'portal_shows_oblast_only'
	| 'source_names_one_total'
	| 'portal_stops_at_administrator'
	| 'year_not_closed';

/** Who has it and must publish it (Budget Code of 15 March 2025 № 171-VIII, art. 40). */
export type GapSupplier = 'maslikhat' | 'akimat' | 'open_budgets_portal';

export type Missing = {
	readonly gap: Gap;
	readonly reason: GapReason;
	readonly suppliers: readonly GapSupplier[];
};

/** What is known of a budget version, as far as the gaps go. */
export type KnownBudget = {
	readonly kind: BudgetKind;
	readonly grade: SourceGrade;
	readonly fiscalYear: number;
	readonly hasRevenues: boolean;
	readonly hasExpenditures: boolean;
	readonly hasBalance: boolean;
	readonly hasGroups: boolean;
	readonly hasLinesBelowGroups: boolean;
};

export type KnownCity = {
	readonly level: 'republican' | 'oblast';
	/** The current version of the year shown; null when the city has none at all. */
	readonly shown: KnownBudget | null;
	/** Whether any version of that year was read in the council's own decision. */
	readonly hasDecision: boolean;
	readonly currentYear: number;
};

/** A budget this many years back tells little about today. */
const OLD_AFTER_YEARS = 5;

/** What is missing about a city's budget, why, and who can supply it; the most important first. */
export function whatIsMissing({ level, shown, hasDecision, currentYear }: KnownCity): readonly Missing[] {
	if (!shown) {
		return [{ gap: 'budget_unknown', reason: 'no_document_found', suppliers: ['maslikhat', 'akimat'] }];
	}
	const missing: Missing[] = [];
	if (currentYear - shown.fiscalYear >= OLD_AFTER_YEARS) {
		missing.push({ gap: 'budget_old', reason: 'no_document_found', suppliers: ['maslikhat', 'akimat'] });
	}
	missing.push(...missingTotals(shown));
	if (!shown.hasGroups) {
		missing.push({
			gap: 'groups_unknown',
			reason: groupReason(level, shown),
			suppliers: ['maslikhat', 'akimat'],
		});
	} else if (!shown.hasLinesBelowGroups) {
		missing.push({ gap: 'details_unknown', reason: detailReason(shown), suppliers: ['akimat'] });
	} else if (shown.grade === 'portal') {
		missing.push({
			gap: 'details_unknown',
			reason: 'portal_stops_at_administrator',
			suppliers: ['akimat', 'open_budgets_portal'],
		});
	}
	if (shown.kind !== 'executed') {
		const reason = shown.fiscalYear >= currentYear ? 'year_not_closed' : executionReason(level);
		missing.push({ gap: 'execution_unknown', reason, suppliers: ['akimat'] });
	}
	if (!hasDecision) {
		missing.push({ gap: 'decision_unread', reason: 'no_document_found', suppliers: ['maslikhat'] });
	}
	return missing;
}

function missingTotals(shown: KnownBudget): readonly Missing[] {
	const reason = shown.grade === 'report' ? 'source_names_one_total' : 'clause_read_in_part';
	const suppliers = ['maslikhat', 'akimat'] as const;
	const missing: Missing[] = [];
	if (!shown.hasRevenues) missing.push({ gap: 'revenue_unknown', reason, suppliers });
	if (!shown.hasExpenditures) missing.push({ gap: 'expenditure_unknown', reason, suppliers });
	if (!shown.hasBalance && shown.hasRevenues && shown.hasExpenditures) {
		missing.push({ gap: 'balance_unknown', reason, suppliers });
	}
	return missing;
}

function groupReason(level: KnownCity['level'], shown: KnownBudget): GapReason {
	if (shown.grade === 'decision') return 'annex_unread';
	return level === 'oblast' ? 'portal_shows_oblast_only' : 'source_names_one_total';
}

function detailReason(shown: KnownBudget): GapReason {
	return shown.grade === 'decision' ? 'annex_unread' : 'no_document_found';
}

function executionReason(level: KnownCity['level']): GapReason {
	return level === 'oblast' ? 'portal_shows_oblast_only' : 'no_document_found';
}
