import type { BatchState } from '#lib/domain/identity/residency-code-batch.ts';
import { m } from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<BatchState, () => string>> = {
	asked: () => m.codes_state_asked(),
	lapsed: () => m.codes_state_lapsed(),
	released: () => m.codes_state_released(),
	expired: () => m.codes_state_expired(),
	withdrawn: () => m.codes_state_withdrawn(),
};

/** How far a batch of codes has come, in a word or two. */
export function batchStateWord(state: BatchState): string {
	return WORDS[state]();
}

/** The colour beside the word. */
export const BATCH_TONES = {
	asked: 'wait',
	lapsed: 'neutral',
	released: 'good',
	expired: 'neutral',
	withdrawn: 'bad',
} as const satisfies Readonly<Record<BatchState, string>>;
