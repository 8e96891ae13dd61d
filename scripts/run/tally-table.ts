import { toDecimal } from '#lib/domain/base/fraction.ts';
import { countSupporters, inTieOrder, type Election } from '#lib/domain/tally/election.ts';
import type { Fate, Outcome } from '#lib/domain/tally/outcome.ts';
import { formatUnits } from '#lib/domain/tally/pabulib/numeral.ts';
import type { ReadElection } from '#lib/domain/tally/pabulib/read-election.ts';
import type { TallyRuleName } from '#lib/domain/tally/rules.ts';

const HEADER = ['', 'option', 'score', 'supporters', 'cost', 'why'] as const;

/** A count to be read by a person: options in tie order, the winners marked, each with its reason. */
export function toTable(read: ReadElection, rule: TallyRuleName, outcome: Outcome): string {
	const { election, moneyPlaces, pointPlaces } = read;
	const supporters = countSupporters(election);
	const winners = new Set(outcome.winners);
	const rows = inTieOrder(election).map((place) => [
		winners.has(place) ? '✓' : '',
		election.options[place]!.id,
		formatUnits(election.scores[place]!, pointPlaces),
		String(supporters[place]),
		formatUnits(election.options[place]!.cost, moneyPlaces),
		tellFate(outcome.fates[place]!, election, moneyPlaces),
	]);
	const title = [
		`\n${rule}: ${outcome.winners.length} win, ${formatUnits(outcome.spent, moneyPlaces)} of ${formatUnits(election.budget, moneyPlaces)} spent`,
		outcome.raise === null ? '' : `, shares raised by ${outcome.raise}`,
	].join('');
	return [title, ...align([[...HEADER], ...rows])].join('\n');
}

function tellFate(fate: Fate, { moneyUnit }: Election, moneyPlaces: number): string {
	switch (fate.kind) {
		case 'unsupported':
			return 'nobody supports it';
		case 'ranked':
			return '';
		case 'fitted':
			return `fits into ${formatUnits(fate.left, moneyPlaces)}`;
		case 'did_not_fit':
			return `does not fit into ${formatUnits(fate.left, moneyPlaces)}`;
		case 'bought':
			return fate.round === 0
				? 'costs nothing'
				: `bought in round ${fate.round}, each supporter pays at most ${toDecimal(overUnit(fate.highestPayment, moneyUnit), 2)}`;
		case 'not_affordable':
			return `its supporters hold ${toDecimal(overUnit(fate.moneyLeft, moneyUnit), 2)} together${fate.isCompletion ? '; added for what was left' : ''}`;
	}
}

function overUnit({ numerator, denominator }: { numerator: bigint; denominator: bigint }, unit: bigint) {
	return { numerator, denominator: denominator * unit };
}

/** Numbers to the right, words to the left. */
function align(rows: readonly (readonly string[])[]): string[] {
	const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows.map((row) =>
		row
			.map((cell, column) =>
				column >= 2 && column <= 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
			)
			.join('  ')
			.trimEnd(),
	);
}
