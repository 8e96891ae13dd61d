/** Below this a count can point at somebody, so no count below it is ever published. */
export const SMALLEST_CELL = 5;

/** The count, or null when it is too small to be told; nought is kept back too, so that null does not mean "some". */
export function suppressSmall(count: number): number | null {
	return count >= SMALLEST_CELL ? count : null;
}

/** True for a sum that tells of a group too small to be told, when everything it is made of is published. */
export function isTooSmall(count: number): boolean {
	return count > 0 && count < SMALLEST_CELL;
}
