import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/layout/Tag.svelte';

const TONES: Readonly<Record<ResponseStatus, Tone>> = {
	under_review: 'wait',
	accepted: 'good',
	partly_accepted: 'good',
	declined: 'bad',
	in_progress: 'wait',
	done: 'good',
};

const WORDS: Readonly<Record<ResponseStatus, () => string>> = {
	under_review: m.dialogue_status_under_review,
	accepted: m.dialogue_status_accepted,
	partly_accepted: m.dialogue_status_partly_accepted,
	declined: m.dialogue_status_declined,
	in_progress: m.dialogue_status_in_progress,
	done: m.dialogue_status_done,
};

export function statusTone(status: ResponseStatus): Tone {
	return TONES[status];
}

/** The status as a word of the page's language. */
export function statusWord(status: ResponseStatus): string {
	return WORDS[status]();
}
