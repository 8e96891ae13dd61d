import { sumTenge, tenge, type Tenge } from '../base/tenge.ts';
import { buildTree, flattenTree, type TreeLine, type TreeNode } from './tree.ts';
import type { BudgetKind, SourceGrade, TotalItem } from './words.ts';

export type Totals = Partial<Readonly<Record<TotalItem, Tenge>>>;

export type SumRule =
	| 'revenue_is_sum_of_classes'
	| 'balance_is_what_remains'
	| 'financing_covers_balance'
	| 'financing_is_its_parts'
	| 'net_lending_is_its_parts'
	| 'financial_assets_are_their_parts'
	| 'expenditure_is_sum_of_groups'
	| 'parent_is_sum_of_children'
	| 'parent_is_missing';

/** A sum that does not add up: `stated` stands in the source, `summed` is what its parts make. */
export type SumFault = {
	readonly rule: SumRule;
	/** The item or the code of the line whose amount is contradicted. */
	readonly about: string;
	readonly stated: Tenge;
	readonly summed: Tenge;
};

export type CheckedBudget = {
	readonly kind: BudgetKind;
	readonly grade: SourceGrade;
	readonly totals: Totals;
	readonly lines: readonly TreeLine[];
};

/**
 * How far a sum may miss. A council's decision and a plan on the portal print thousand tenge with one decimal and add up
 * exactly. Executed budgets are published in million tenge with eight decimals and were rounded line by line: over
 * fifteen groups that makes up to 7 tenge.
 */
export function toleranceOf(kind: BudgetKind): Tenge {
	return tenge(kind === 'executed' ? 7n : 0n);
}

/**
 * Every sum that a source of this grade must keep and that its figures allow to check; an item that the source does not
 * name contradicts nothing. Press reports round to the nearest hundred million and are not checked.
 */
export function findSumFaults(budget: CheckedBudget): readonly SumFault[] {
	if (budget.grade === 'report') return [];
	const tolerance = toleranceOf(budget.kind);
	return [...totalsFaults(budget), ...lineFaults(budget)].filter(
		(fault) => fault.rule === 'parent_is_missing' || misses(fault, tolerance),
	);
}

function misses({ stated, summed }: SumFault, tolerance: Tenge): boolean {
	const difference = stated - summed;
	return difference > tolerance || -difference > tolerance;
}

function* totalsFaults({ grade, totals }: CheckedBudget): Generator<SumFault> {
	const { revenues, expenditures, balance, financing } = totals;
	const { net_lending, credits, credit_repayment, financial_assets, assets_acquired, assets_sold } = totals;
	const { loans, loan_repayment, balances_used } = totals;

	// The bulletin's own balance counts net lending, which it does not publish, so it cannot be checked.
	if (grade !== 'bulletin' && balance !== undefined && revenues !== undefined && expenditures !== undefined) {
		const summed = revenues - expenditures - (net_lending ?? 0n) - (financial_assets ?? 0n);
		yield { rule: 'balance_is_what_remains', about: 'balance', stated: balance, summed: tenge(summed) };
	}
	if (financing !== undefined && balance !== undefined) {
		yield {
			rule: 'financing_covers_balance',
			about: 'financing',
			stated: financing,
			summed: tenge(-balance),
		};
	}
	if (
		financing !== undefined &&
		loans !== undefined &&
		loan_repayment !== undefined &&
		balances_used !== undefined
	) {
		const summed = tenge(loans - loan_repayment + balances_used);
		yield { rule: 'financing_is_its_parts', about: 'financing', stated: financing, summed };
	}
	if (net_lending !== undefined && credits !== undefined && credit_repayment !== undefined) {
		const summed = tenge(credits - credit_repayment);
		yield { rule: 'net_lending_is_its_parts', about: 'net_lending', stated: net_lending, summed };
	}
	// A source that sold nothing leaves the item out.
	if (financial_assets !== undefined && assets_acquired !== undefined) {
		const summed = tenge(assets_acquired - (assets_sold ?? 0n));
		yield {
			rule: 'financial_assets_are_their_parts',
			about: 'financial_assets',
			stated: financial_assets,
			summed,
		};
	}
}

/** Revenue has four classes in every source read so far; a source that names fewer names a part. */
const REVENUE_CLASSES = 4;

function* lineFaults({ totals, lines }: CheckedBudget): Generator<SumFault> {
	const tree = buildTree(lines);
	const { revenues, expenditures } = totals;
	if (revenues !== undefined && tree.revenue.length >= REVENUE_CLASSES) {
		const summed = sumOf(tree.revenue);
		yield { rule: 'revenue_is_sum_of_classes', about: 'revenues', stated: revenues, summed };
	}
	if (expenditures !== undefined && tree.expenditure.length > 0) {
		const summed = sumOf(tree.expenditure);
		yield { rule: 'expenditure_is_sum_of_groups', about: 'expenditures', stated: expenditures, summed };
	}
	for (const { node } of flattenTree([...tree.revenue, ...tree.expenditure])) {
		if (node.children.length === 0) continue;
		const summed = sumOf(node.children);
		yield { rule: 'parent_is_sum_of_children', about: node.line.code, stated: node.line.amount, summed };
	}
	for (const line of tree.unplaced) {
		if (line.parentCode === null) continue;
		yield { rule: 'parent_is_missing', about: line.code, stated: line.amount, summed: tenge(0n) };
	}
}

function sumOf(nodes: readonly TreeNode<TreeLine>[]): Tenge {
	return sumTenge(nodes.map((node) => node.line.amount));
}
