/** With --json, standard output belongs to the figures; progress then goes beside it. */
const print = process.argv.includes('--json') ? console.error : console.log;

/**
 * One line of progress.
 * @param {string} line
 */
export function say(line) {
	print(line);
}

/** @param {number} seconds */
export function inSeconds(seconds) {
	return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
