import { expect, it } from 'vitest';
import { groupBy } from './group-by.ts';

it('keeps keys in the order of their first item, and items in theirs', () => {
	const groups = groupBy(['b1', 'a1', 'b2'], (item) => item[0]);
	expect([...groups]).toEqual([
		['b', ['b1', 'b2']],
		['a', ['a1']],
	]);
});
