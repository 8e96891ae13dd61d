import { toDecimal, type Fraction } from '#lib/domain/base/fraction.ts';
import { countSupporters, inTieOrder } from '../election.ts';
import type { Fate, Outcome } from '../outcome.ts';
import type { TallyRuleName } from '../rules.ts';
import { formatUnits } from './numeral.ts';
import type { ReadElection } from './read-election.ts';

/** Why an option was bought, or what its supporters were left with. Fractions are rounded down to 12 decimals. */
type Explanation =
	| {
			readonly round: number;
			readonly rho: string;
			readonly supporters: number;
			readonly paid: string;
			readonly in_full: number;
			readonly highest_payment: string;
	  }
	| { readonly supporters: number; readonly money_left: string };

/** What `npm run tally -- FILE --rule RULE --json` prints (docs/tally.md, 3). Amounts are numerals of the file's currency. */
export type CountReport = {
	readonly winners: readonly string[];
	readonly spent: string;
	readonly steps?: number;
	readonly bought_by_shares?: number;
	readonly totals?: Readonly<Record<string, { readonly votes: number; readonly score: string }>>;
	readonly ranking?: readonly string[];
	readonly explain?: Readonly<Record<string, Explanation>>;
};

const PLACES = 12;

export function reportCount(read: ReadElection, rule: TallyRuleName, outcome: Outcome): CountReport {
	const { election, moneyPlaces, pointPlaces } = read;
	const idOf = (place: number): string => election.options[place]!.id;
	const base = { winners: outcome.winners.map(idOf), spent: formatUnits(outcome.spent, moneyPlaces) };
	if (rule === 'totals') {
		const totals = election.options.map(
			({ id }, place) =>
				[
					id,
					{ votes: election.votes[place]!, score: formatUnits(election.scores[place]!, pointPlaces) },
				] as const,
		);
		return { ...base, totals: Object.fromEntries(totals), ranking: inTieOrder(election).map(idOf) };
	}
	if (!rule.startsWith('mes-')) return base;
	return {
		...base,
		...(outcome.raise === null
			? {}
			: {
					steps: Number(outcome.raise),
					bought_by_shares: outcome.fates.filter(({ kind }) => kind === 'bought').length,
				}),
		explain: explainAll(read, rule, outcome),
	};
}

function explainAll(
	{ election }: ReadElection,
	rule: TallyRuleName,
	{ fates }: Outcome,
): Record<string, Explanation> {
	const supporters = countSupporters(election);
	const { moneyUnit, pointUnit, options } = election;
	const money = (amount: Fraction): string => inUnitsOf(amount, moneyUnit);
	// With cost utility rho is money for money, else money for a supporter or for a point.
	const rho = (price: Fraction): string => {
		if (rule.startsWith('mes-cost')) return toDecimal(price, PLACES);
		const { numerator, denominator } = price;
		return inUnitsOf({ numerator: numerator * pointUnitOf(rule, pointUnit), denominator }, moneyUnit);
	};
	const explain = (fate: Fate, place: number): Explanation => {
		const count = supporters[place]!;
		if (fate.kind !== 'bought') {
			return { supporters: count, money_left: fate.kind === 'not_affordable' ? money(fate.moneyLeft) : '0' };
		}
		return {
			round: fate.round,
			rho: rho(fate.rho),
			supporters: count,
			paid: money({ numerator: options[place]!.cost, denominator: 1n }),
			in_full: fate.inFull,
			highest_payment: money(fate.highestPayment),
		};
	};
	return Object.fromEntries(fates.map((fate, place) => [options[place]!.id, explain(fate, place)]));
}

function pointUnitOf(rule: TallyRuleName, pointUnit: bigint): bigint {
	return rule.startsWith('mes-points') ? pointUnit : 1n;
}

function inUnitsOf({ numerator, denominator }: Fraction, unit: bigint): string {
	return toDecimal({ numerator, denominator: denominator * unit }, PLACES);
}
