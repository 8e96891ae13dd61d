import { signOf } from '#lib/domain/base/fraction.ts';
import type { Ledger, Price } from './ledger.ts';
import { ROUNDING, type Payers, type Pockets } from './pockets.ts';
import type { Open, Priced } from './prices.ts';

/**
 * How far the share may be raised before a decision of a run could turn out otherwise (docs/tally.md, 4).
 * Every decision compares two linear functions of the raise, so it holds up to where they meet. A horizon that is too near
 * costs a run; one that is too far would be wrong: every estimate errs towards near.
 */
export const SAFETY = 1 - 1e-9;

/** Until somebody who pays in full would be short, or the other way round. */
export function horizonOfPayers(payers: Payers, price: Price, pockets: Pockets, ledger: Ledger): number {
	const moneyError = pockets.moneyError();
	const slopeError = pockets.slopeError();
	let horizon = Infinity;
	for (let index = 0; index < payers.length; index++) {
		const pocket = payers.pockets[index]!;
		const worth = payers.worths[index]!;
		const due = price.value * worth;
		const dueSlope = price.slope * worth;
		const direction = payers.paysAll[index] === 1 ? -1 : 1;
		let gap = direction * (pockets.money(pocket) - due) - moneyError - 4 * ROUNDING * Math.abs(due);
		const slope =
			direction * (pockets.slope(pocket) - dueSlope) - slopeError - 4 * ROUNDING * Math.abs(dueSlope);
		if (slope >= 0 && gap > 0) continue;
		if (gap <= 0) {
			const exactly = ledger.excess(pocket, worth, price, pockets);
			if (exactly.value === 0 && exactly.slopeSign !== 0) return 0;
			if (direction * exactly.slopeSign >= 0) continue;
			gap = Math.abs(exactly.value);
		}
		horizon = Math.min(horizon, gap / -slope);
	}
	return horizon * SAFETY;
}

/** Until another option could be cheaper than the one that was chosen. */
export function horizonOfOrder(open: Open, exactly: readonly Priced[], cheapest: Priced): number {
	const divisor = Number(cheapest.option.divisor);
	const slope = cheapest.price.slope / divisor;
	const highSlope = slope + Math.abs(slope) * 8 * ROUNDING;
	const highRho = cheapest.rho * (1 + 4 * ROUNDING);
	const priced = new Map(exactly.map((each) => [each.option, each]));
	let horizon = Infinity;
	for (const [option, bound] of open) {
		if (option === cheapest.option) continue;
		const other = priced.get(option);
		const ahead = other ? aheadOf(other, cheapest) : null;
		if (ahead !== null && ahead.sign === 0) {
			if (ahead.slopeSign < 0) return 0;
			continue;
		}
		if (ahead !== null && ahead.slopeSign >= 0) continue;
		// Gap and slope of one and the same line: the bound's goes with the bound's rho, never with the exact one.
		const { gap, closing } = ahead ?? { gap: bound.rho - highRho, closing: highSlope - bound.slope };
		if (closing > 0) horizon = Math.min(horizon, Math.max(0, gap) / closing);
	}
	return horizon * SAFETY;
}

/**
 * By how much the rho of one option is above that of another, how fast a raise closes that, and the signs of both: the signs
 * exactly, the doubles rounded towards an early meeting.
 */
function aheadOf(
	other: Priced,
	cheapest: Priced,
): { sign: number; slopeSign: number; gap: number; closing: number } {
	const slope = cheapest.price.slope / Number(cheapest.option.divisor);
	const otherSlope = other.price.slope / Number(other.option.divisor);
	const otherScale = cheapest.price.worth * cheapest.option.divisor;
	const scale = other.price.worth * other.option.divisor;
	const difference = other.price.numerator * otherScale - cheapest.price.numerator * scale;
	return {
		sign: signOf(difference),
		slopeSign: signOf(other.price.slopeNumerator * otherScale - cheapest.price.slopeNumerator * scale),
		gap: other.rho - cheapest.rho - (Math.abs(other.rho) + Math.abs(cheapest.rho)) * 4 * ROUNDING,
		closing: slope - otherSlope + (Math.abs(slope) + Math.abs(otherSlope)) * 4 * ROUNDING,
	};
}
