import { RESPONSE_STATUSES, type ResponseStatus } from './words.ts';

/**
 * Which status may follow which; docs and office show this very table. Once the akimat has decided it cannot go back to
 * "under review", except for a declined comment, which a complaint may reopen; work that came undone is in progress
 * again. The same status again is a corrected text. Every step stays public.
 */
const FOLLOWERS: Readonly<Record<ResponseStatus, readonly ResponseStatus[]>> = {
	under_review: RESPONSE_STATUSES,
	accepted: ['accepted', 'partly_accepted', 'declined', 'in_progress', 'done'],
	partly_accepted: ['accepted', 'partly_accepted', 'declined', 'in_progress', 'done'],
	declined: ['under_review', 'accepted', 'partly_accepted', 'declined'],
	in_progress: ['partly_accepted', 'declined', 'in_progress', 'done'],
	done: ['in_progress', 'done'],
};

/** The statuses a response may have next; all of them when there is none yet (`current` is null). */
export function statusesAfter(current: ResponseStatus | null): readonly ResponseStatus[] {
	return current === null ? RESPONSE_STATUSES : FOLLOWERS[current];
}

export function mayFollow(next: ResponseStatus, current: ResponseStatus | null): boolean {
	return statusesAfter(current).includes(next);
}
