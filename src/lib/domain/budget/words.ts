/** The words of a budget, as DESIGN names them; the database's checks hold the same lists. */

export const BUDGET_KINDS = ['draft', 'approved', 'amended', 'executed'] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

export const LINE_KINDS = ['revenue', 'expenditure'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** Where a line stands in the unified budget classification; a revenue line is of level `class`. */
export const LINE_LEVELS = [
	'class',
	'group',
	'subgroup',
	'administrator',
	'programme',
	'subprogramme',
] as const;
export type LineLevel = (typeof LINE_LEVELS)[number];

/**
 * How a figure was come by: the council's decision, the ministry's bulletin of executed budgets, the open-budgets
 * portal, a press report (rounded).
 */
export const SOURCE_GRADES = ['decision', 'bulletin', 'portal', 'report'] as const;
export type SourceGrade = (typeof SOURCE_GRADES)[number];

/** Items of a budget besides its lines, in the order of a council's decision (KAZAKHSTAN, section 3). */
export const TOTAL_ITEMS = [
	'revenues',
	'expenditures',
	'net_lending',
	'credits',
	'credit_repayment',
	'financial_assets',
	'assets_acquired',
	'assets_sold',
	'balance',
	'financing',
	'loans',
	'loan_repayment',
	'balances_used',
] as const;
export type TotalItem = (typeof TOTAL_ITEMS)[number];
