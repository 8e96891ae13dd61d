import { SMALLEST_CELL } from './smallest-cell.ts';

/**
 * The middle of the values, the mean of the two middle ones when their number is even; null for fewer than five, since
 * the middle of few is somebody's own.
 */
export function medianOf(values: readonly number[]): number | null {
	if (values.length < SMALLEST_CELL) return null;
	const sorted = [...values].sort((first, second) => first - second);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle]!;
	return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
}
