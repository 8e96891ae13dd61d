const EVERY = 500;

/**
 * Calls back once when the process that started this one is gone, however it ended: a killed parent sends no signal.
 * @param {() => void} stop
 */
export function whenParentDies(stop) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		stop();
	}, EVERY);
	timer.unref();
}
