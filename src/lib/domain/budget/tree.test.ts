import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenge } from '../base/tenge.ts';
import { parseLineCode } from './code.ts';
import { buildTree, flattenTree } from './tree.ts';
import type { LineKind } from './words.ts';

const line = (code: string, amount: bigint, kind: LineKind = 'expenditure') => ({
	...parseLineCode(kind, code)!,
	amount: tenge(amount),
});

describe('the tree of a budget', () => {
	it('nests lines by their codes, whatever their order', () => {
		const tree = buildTree([
			line('07.2', 40n),
			line('07.1.373', 35n),
			line('1', 500n, 'revenue'),
			line('07', 100n),
			line('07.1.352', 25n),
			line('07.1', 60n),
			line('04', 7n),
		]);
		expect(tree.expenditure.map((node) => node.line.code)).toEqual(['04', '07']);
		expect(flattenTree(tree.expenditure).map(({ node, depth }) => [node.line.code, depth])).toEqual([
			['04', 0],
			['07', 0],
			['07.1', 1],
			['07.1.352', 2],
			['07.1.373', 2],
			['07.2', 1],
		]);
		expect(tree.revenue.map((node) => node.line.code)).toEqual(['1']);
		expect(tree.unplaced).toEqual([]);
	});

	it('says how much of an amount its children do not explain', () => {
		const [housing, education] = buildTree([line('07', 100n), line('07.1', 60n), line('08', 9n)]).expenditure;
		expect(housing?.unexplained).toBe(40n);
		expect(education?.unexplained).toBe(0n);
	});

	it('keeps apart what has no group and what has lost its parent, with all below', () => {
		const tree = buildTree([
			line('07', 100n),
			line('458-012', 30n),
			line('04.1.464', 5n),
			line('04.1.464.009', 5n),
		]);
		expect(tree.expenditure.map((node) => node.line.code)).toEqual(['07']);
		expect(tree.unplaced.map((each) => each.code)).toEqual(['04.1.464', '04.1.464.009', '458-012']);
	});

	it('does not take a class of revenue for the parent of a group', () => {
		const tree = buildTree([line('12', 1n, 'revenue'), line('12.1', 1n)]);
		expect(tree.revenue[0]?.children).toEqual([]);
		expect(tree.unplaced.map((each) => each.code)).toEqual(['12.1']);
	});

	it('loses no line and shows none twice', () => {
		const code = fc.constantFrom(
			'01',
			'01.1',
			'01.1.111',
			'01.2',
			'04',
			'04.464',
			'04.464.009',
			'458',
			'458-012',
		);
		fc.assert(
			fc.property(fc.uniqueArray(code), (codes) => {
				const tree = buildTree(codes.map((each) => line(each, 1n)));
				const shown = [
					...flattenTree(tree.expenditure).map(({ node }) => node.line.code),
					...tree.unplaced.map((each) => each.code),
				];
				expect(shown.sort()).toEqual(codes.toSorted());
			}),
		);
	});
});
