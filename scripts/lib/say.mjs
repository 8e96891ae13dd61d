/**
 * One line of progress.
 * @param {string} line
 */
export function say(line) {
	console.log(line);
}

/** @param {number} seconds */
export function inSeconds(seconds) {
	return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
