import { describe, expect, it } from 'vitest';
import { mayFollow, statusesAfter } from './status.ts';
import { RESPONSE_STATUSES, type ResponseStatus } from './words.ts';

/** Written by hand beside the rule: a row is the current status, a column the next one, in the order of the words. */
const TABLE: Readonly<Record<ResponseStatus, string>> = {
	//                under  accepted  partly  declined  in progress  done
	under_review: '   yes    yes       yes     yes       yes          yes',
	accepted: '       no     yes       yes     yes       yes          yes',
	partly_accepted: 'no     yes       yes     yes       yes          yes',
	declined: '       yes    yes       yes     yes       no           no',
	in_progress: '    no     no        yes     yes       yes          yes',
	done: '           no     no        no      no        yes          yes',
};

describe('mayFollow', () => {
	for (const current of RESPONSE_STATUSES) {
		const row = TABLE[current].trim().split(/\s+/);
		it.each(RESPONSE_STATUSES.map((next, column) => [row[column], next] as const))(
			`says %s to %s after ${current}`,
			(answer, next) => {
				expect(mayFollow(next, current)).toBe(answer === 'yes');
			},
		);
	}

	it('lets a first response have any status', () => {
		expect(statusesAfter(null)).toEqual(RESPONSE_STATUSES);
	});

	it('always lets a text be corrected under the same status', () => {
		expect(RESPONSE_STATUSES.every((status) => mayFollow(status, status))).toBe(true);
	});
});
