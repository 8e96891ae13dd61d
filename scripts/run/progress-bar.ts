const AFTER_MS = 1000;
const EVERY_MS = 200;
const WIDTH = 30;

/** A bar on standard error for work that takes more than a second; nothing where no terminal is. */
export function openProgressBar() {
	const start = performance.now();
	let shown = 0;
	let isShown = false;

	function show(work: string, part: number): void {
		const now = performance.now();
		if (!process.stderr.isTTY || now - start < AFTER_MS || now - shown < EVERY_MS) return;
		shown = now;
		isShown = true;
		const full = Math.round(Math.min(1, part) * WIDTH);
		const percent = `${Math.floor(Math.min(1, part) * 100)} %`.padStart(5);
		process.stderr.write(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent}  ${work}\u001b[K`);
	}

	function clear(): void {
		if (isShown) process.stderr.write('\r\u001b[K');
		isShown = false;
	}

	return { show, clear };
}
