/** What the person at the terminal can understand and mend. It is shown as one line, without a stack. */
export class Fault extends Error {}

const DISK_FULL = 'The disk is full. Make room and try again; what was written before is kept.';

/**
 * The line to show for an error of the operating system that needs no explanation of ours.
 * @param {unknown} error
 * @returns {string | null}
 */
function explainSystem(error) {
	const { code, path } = /** @type {{ code?: string, path?: string }} */ (error ?? {});
	if (code === 'ENOSPC' || code === 'EDQUOT') return DISK_FULL;
	if (code === 'EROFS') return `${path ?? 'The folder'} is on a read-only disk.`;
	if (code === 'EACCES' || code === 'EPERM') {
		return `${path ?? 'A file'} belongs to another user or is closed: run this as its owner, or mend its rights.`;
	}
	return null;
}

/**
 * Tells what went wrong, on standard error: one line for a fault, everything for a bug.
 * @param {unknown} error
 */
export function tellError(error) {
	const line = error instanceof Fault ? error.message : explainSystem(error);
	console.error(line ?? error);
}

/** What a program prints when the disk is full, in whichever words. */
const DISK_FULL_WORDS = /ENOSPC|no space left on device|EDQUOT|disk quota exceeded/i;

/**
 * A fault that says "disk full" when the output of a failed program does, else the given line.
 * @param {string} output
 * @param {string} line
 */
export function faultFromOutput(output, line) {
	return new Fault(DISK_FULL_WORDS.test(output) ? DISK_FULL : line);
}
