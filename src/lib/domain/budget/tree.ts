import { groupBy } from '../base/group-by.ts';
import { sumTenge, type Tenge } from '../base/tenge.ts';
import { isUnplaced } from './code.ts';
import type { LineKind, LineLevel } from './words.ts';

/** What a tree needs to know of a line; a line with more keeps it. */
export type TreeLine = {
	readonly kind: LineKind;
	readonly code: string;
	readonly level: LineLevel;
	readonly parentCode: string | null;
	readonly amount: Tenge;
};

export type TreeNode<Line extends TreeLine> = {
	readonly line: Line;
	readonly children: readonly TreeNode<Line>[];
	/** The part of the amount that no child explains; not zero means that the tree is partial below this line. */
	readonly unexplained: Tenge;
};

export type BudgetTree<Line extends TreeLine> = {
	readonly revenue: readonly TreeNode<Line>[];
	readonly expenditure: readonly TreeNode<Line>[];
	/** Lines without a group and lines whose parent the budget does not have: shown apart, never summed. */
	readonly unplaced: readonly Line[];
};

/** Nests the lines of one budget version in the order of their codes. Levels are nested, so nothing is added up here. */
export function buildTree<Line extends TreeLine>(lines: readonly Line[]): BudgetTree<Line> {
	const sorted = lines.toSorted((first, second) => (first.code < second.code ? -1 : 1));
	const children = groupBy(sorted, (line) =>
		line.parentCode === null ? null : `${line.kind} ${line.parentCode}`,
	);

	const grow = (line: Line): TreeNode<Line> => {
		const below = (children.get(keyOf(line)) ?? []).map(grow);
		const explained = sumTenge(below.map((node) => node.line.amount));
		return {
			line,
			children: below,
			unexplained: (below.length === 0 ? 0n : line.amount - explained) as Tenge,
		};
	};
	const tops = (children.get(null) ?? []).filter((line) => !isUnplaced(line));
	const revenue = tops.filter((line) => line.kind === 'revenue').map(grow);
	const expenditure = tops.filter((line) => line.kind === 'expenditure').map(grow);
	const placed = new Set(flattenTree([...revenue, ...expenditure]).map(({ node }) => node.line));
	return { revenue, expenditure, unplaced: sorted.filter((line) => !placed.has(line)) };
}

function keyOf(line: TreeLine): string {
	return `${line.kind} ${line.code}`;
}

/** All lines of a tree from top to bottom with their depth, for tables. */
export function flattenTree<Line extends TreeLine>(
	nodes: readonly TreeNode<Line>[],
	depth = 0,
): readonly { readonly node: TreeNode<Line>; readonly depth: number }[] {
	return nodes.flatMap((node) => [{ node, depth }, ...flattenTree(node.children, depth + 1)]);
}
