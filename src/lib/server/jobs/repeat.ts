import type { Log } from '../capabilities.ts';

export type RepeatedJob = { stop(): Promise<void> };

/**
 * Runs the work again and again, never two at once, with a pause after each. A failure is logged and the next turn comes
 * all the same; waiting does not keep the process alive.
 */
export function repeat(
	name: string,
	pauseMilliseconds: number,
	log: Log,
	work: () => Promise<void>,
): RepeatedJob {
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;
	let turn = Promise.resolve();

	const takeTurn = async (): Promise<void> => {
		try {
			await work();
		} catch (error) {
			log.error({ job: name, error: error instanceof Error ? error.message : String(error) }, 'job failed');
		}
		wait();
	};
	const wait = (): void => {
		if (stopped) return;
		timer = setTimeout(() => {
			turn = takeTurn();
		}, pauseMilliseconds);
		timer.unref();
	};

	wait();
	return {
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await turn;
		},
	};
}
