/** A decimal numeral as it was read: value = digits / 10^places. */
export type Numeral = { readonly digits: bigint; readonly places: number };

const NUMERAL = /^(-?\d+)(?:[.,](\d+))?$/;

/**
 * Digits with at most one decimal point or comma: `1,234` is 1.234. No exponent, no blanks, no thousands separators; null
 * for anything else.
 */
export function parseNumeral(text: string): Numeral | null {
	const match = NUMERAL.exec(text);
	if (match === null) return null;
	const places = match[2] ?? '';
	return { digits: BigInt(match[1]! + places), places: places.length };
}

/** The numeral as a whole number of units of 10^-places; it must not have more places than that. */
export function inUnits({ digits, places }: Numeral, unitPlaces: number): bigint {
	return digits * 10n ** BigInt(unitPlaces - places);
}

/** `12.5`: with a point, without zeros at its end. */
export function formatUnits(units: bigint, unitPlaces: number): string {
	const sign = units < 0n ? '-' : '';
	const digits = (units < 0n ? -units : units).toString().padStart(unitPlaces + 1, '0');
	const whole = digits.slice(0, digits.length - unitPlaces);
	const rest = digits.slice(digits.length - unitPlaces).replace(/0+$/, '');
	return rest === '' ? sign + whole : `${sign}${whole}.${rest}`;
}
