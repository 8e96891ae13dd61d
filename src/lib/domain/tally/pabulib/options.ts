import { Malformed } from './fault.ts';
import { parseNumeral, type Numeral } from './numeral.ts';

/** A row of PROJECTS. What the city published never enters the count. */
export type ReadOption = {
	readonly id: string;
	readonly cost: Numeral;
	readonly line: number;
	/** Empty where the file has none. */
	readonly publishedVotes: string;
	readonly publishedScore: string;
};

/** Reads rows of PROJECTS. */
export function openOptions() {
	const options: ReadOption[] = [];
	const placeOf = new Map<string, number>();
	let columnOf = new Map<string, number>();

	/** @throws Malformed when the row is no option (docs/tally.md, 3). */
	function add(cells: readonly string[], line: number): void {
		const cell = (column: string): string => cells[columnOf.get(column) ?? -1] ?? '';
		const id = cell('project_id');
		if (id === '') throw new Malformed(line, 'an option without project_id');
		if (id.includes(',')) throw new Malformed(line, `a project_id with a comma: ${id}`);
		const before = placeOf.get(id);
		if (before !== undefined) {
			throw new Malformed(line, `project_id ${id} stands in line ${options[before]!.line} already`);
		}
		const cost = parseNumeral(cell('cost'));
		if (cost === null) throw new Malformed(line, `the cost of ${id} is no numeral: ${cell('cost')}`);
		if (cost.digits < 0n) throw new Malformed(line, `the cost of ${id} is below 0`);
		placeOf.set(id, options.length);
		options.push({ id, cost, line, publishedVotes: cell('votes'), publishedScore: cell('score') });
	}

	return {
		open: (columns: readonly string[]): void => {
			columnOf = new Map(columns.map((name, index) => [name, index]));
		},
		add,
		/** @throws Malformed when there is no option; `line` is where PROJECTS begins. */
		close: (line: number): void => {
			if (options.length === 0) throw new Malformed(line, 'no options');
		},
		placeOf: placeOf as ReadonlyMap<string, number>,
		all: (): readonly ReadOption[] => options,
	};
}
