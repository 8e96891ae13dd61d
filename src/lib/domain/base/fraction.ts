/** An exact quotient. The denominator is positive; it need not be in lowest terms. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** @throws RangeError when the denominator is not positive. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
	if (denominator <= 0n) throw new RangeError('a denominator must be positive');
	return { numerator, denominator };
}

export function signOf(value: bigint): -1 | 0 | 1 {
	if (value === 0n) return 0;
	return value > 0n ? 1 : -1;
}

/** Bits behind the point that are kept before a quotient becomes a double. */
const SCALE_BITS = 256n;
const SCALE = 2 ** 256;

/**
 * The nearest double but for one unit in its last place; for estimates and charts, never for a decision. Exact
 * quotients below 2^-180 lose precision; a quotient of more than 2^700 is infinite.
 */
export function toNumber(numerator: bigint, denominator: bigint): number {
	return Number((numerator << SCALE_BITS) / denominator) / SCALE;
}

/** A decimal numeral, rounded towards zero to so many places, without zeros at its end: `145.631067961165`, `0`. */
export function toDecimal({ numerator, denominator }: Fraction, places: number): string {
	const isNegative = numerator < 0n;
	const scaled = ((isNegative ? -numerator : numerator) * 10n ** BigInt(places)) / denominator;
	const digits = scaled.toString().padStart(places + 1, '0');
	const whole = digits.slice(0, digits.length - places);
	const rest = digits.slice(digits.length - places).replace(/0+$/, '');
	const text = rest === '' ? whole : `${whole}.${rest}`;
	return isNegative && scaled !== 0n ? `-${text}` : text;
}
