import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeat } from './repeat.ts';

const PAUSE = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aLog() {
	const errors: object[] = [];
	return { errors, info() {}, warn() {}, error: (fields: object) => void errors.push(fields) };
}

describe('a repeated job', () => {
	it('has its first turn after a pause, and the next ones a pause after the last has ended', async () => {
		let turns = 0;
		const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 2 * PAUSE, ++turns));
		const job = repeat('slow', PAUSE, aLog(), slow);
		expect(turns).toBe(0);
		await vi.advanceTimersByTimeAsync(PAUSE);
		expect(turns).toBe(1);
		await vi.advanceTimersByTimeAsync(2 * PAUSE + PAUSE - 1);
		expect(turns).toBe(1);
		await vi.advanceTimersByTimeAsync(1);
		expect(turns).toBe(2);
		const stopped = job.stop();
		await vi.runAllTimersAsync();
		await stopped;
	});

	it('goes on after a failure, which it logs', async () => {
		const log = aLog();
		let turns = 0;
		const job = repeat('failing', PAUSE, log, async () => {
			turns += 1;
			throw new Error('the mail server is gone');
		});
		await vi.advanceTimersByTimeAsync(2 * PAUSE);
		expect(turns).toBe(2);
		expect(log.errors).toEqual([
			{ job: 'failing', error: 'the mail server is gone' },
			{ job: 'failing', error: 'the mail server is gone' },
		]);
		await job.stop();
	});

	it('has ended its turn when it has stopped, and takes no other', async () => {
		let ended = 0;
		const work = () => new Promise<void>((resolve) => setTimeout(() => resolve(void (ended += 1)), PAUSE));
		const job = repeat('stopped', PAUSE, aLog(), work);
		await vi.advanceTimersByTimeAsync(PAUSE + 1);
		let stopped = false;
		void job.stop().then(() => (stopped = true));
		await vi.advanceTimersByTimeAsync(PAUSE - 2);
		expect([ended, stopped]).toEqual([0, false]);
		await vi.advanceTimersByTimeAsync(1);
		expect([ended, stopped]).toEqual([1, true]);
		await vi.advanceTimersByTimeAsync(10 * PAUSE);
		expect(ended).toBe(1);
	});
});
