import type { Gap, GapReason, GapSupplier } from '#lib/domain/budget/missing.ts';
import type { BudgetKind, SourceGrade, TotalItem } from '#lib/domain/budget/words.ts';
import { m } from '#lib/paraglide/messages.js';

/** The words of a budget in the language of the request; a new kind, grade, item or gap does not compile without one. */

type Words<Key extends string> = Readonly<Record<Key, () => string>>;

const KINDS: Words<BudgetKind> = {
	draft: m.budget_kind_draft,
	approved: m.budget_kind_approved,
	amended: m.budget_kind_amended,
	executed: m.budget_kind_executed,
};

const KIND_MEANINGS: Words<BudgetKind> = {
	draft: m.budget_kind_draft_meaning,
	approved: m.budget_kind_approved_meaning,
	amended: m.budget_kind_amended_meaning,
	executed: m.budget_kind_executed_meaning,
};

const GRADES: Words<SourceGrade> = {
	decision: m.budget_grade_decision,
	bulletin: m.budget_grade_bulletin,
	portal: m.budget_grade_portal,
	report: m.budget_grade_report,
};

const GRADE_MEANINGS: Words<SourceGrade> = {
	decision: m.budget_grade_decision_meaning,
	bulletin: m.budget_grade_bulletin_meaning,
	portal: m.budget_grade_portal_meaning,
	report: m.budget_grade_report_meaning,
};

const ITEMS: Words<TotalItem> = {
	revenues: m.budget_item_revenues,
	expenditures: m.budget_item_expenditures,
	net_lending: m.budget_item_net_lending,
	credits: m.budget_item_credits,
	credit_repayment: m.budget_item_credit_repayment,
	financial_assets: m.budget_item_financial_assets,
	assets_acquired: m.budget_item_assets_acquired,
	assets_sold: m.budget_item_assets_sold,
	balance: m.budget_item_balance,
	financing: m.budget_item_financing,
	loans: m.budget_item_loans,
	loan_repayment: m.budget_item_loan_repayment,
	balances_used: m.budget_item_balances_used,
};

const GAPS: Words<Gap> = {
	budget_unknown: m.budget_gap_budget_unknown,
	budget_old: m.budget_gap_budget_old,
	revenue_unknown: m.budget_gap_revenue_unknown,
	expenditure_unknown: m.budget_gap_expenditure_unknown,
	balance_unknown: m.budget_gap_balance_unknown,
	groups_unknown: m.budget_gap_groups_unknown,
	details_unknown: m.budget_gap_details_unknown,
	execution_unknown: m.budget_gap_execution_unknown,
	decision_unread: m.budget_gap_decision_unread,
};

const REASONS: Words<GapReason> = {
	no_document_found: m.budget_gap_reason_no_document_found,
	annex_unread: m.budget_gap_reason_annex_unread,
	clause_read_in_part: m.budget_gap_reason_clause_read_in_part,
	portal_shows_oblast_only: m.budget_gap_reason_portal_shows_oblast_only,
	source_names_one_total: m.budget_gap_reason_source_names_one_total,
	portal_stops_at_administrator: m.budget_gap_reason_portal_stops_at_administrator,
	year_not_closed: m.budget_gap_reason_year_not_closed,
};

const SUPPLIERS: Words<GapSupplier> = {
	maslikhat: m.budget_supplier_maslikhat,
	akimat: m.budget_supplier_akimat,
	open_budgets_portal: m.budget_supplier_portal,
};

/** `executed`, as one says it of a budget: `атқарылды`, `исполнен`. */
export function kindWord(kind: BudgetKind): string {
	return KINDS[kind]();
}

/** What such a budget is, in a sentence. */
export function kindMeaning(kind: BudgetKind): string {
	return KIND_MEANINGS[kind]();
}

/** The kind of the source. */
export function gradeWord(grade: SourceGrade): string {
	return GRADES[grade]();
}

/** How far figures of such a source are exact, in a sentence. */
export function gradeMeaning(grade: SourceGrade): string {
	return GRADE_MEANINGS[grade]();
}

/** The item as a council's decision names it. */
export function itemName(item: TotalItem): string {
	return ITEMS[item]();
}

export function gapName(gap: Gap): string {
	return GAPS[gap]();
}

export function gapReason(reason: GapReason): string {
	return REASONS[reason]();
}

export function supplierName(supplier: GapSupplier): string {
	return SUPPLIERS[supplier]();
}
