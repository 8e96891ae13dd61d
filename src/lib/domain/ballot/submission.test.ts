import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidV7 } from '../base/ids.ts';
import { parseInstant } from '../base/time.ts';
import { SUBMISSION_AHEAD_MS, checkSubmission } from './submission.ts';

const now = parseInstant('2026-11-24T10:00:00.000Z');
const nowMs = Date.parse(now);
const random = new Uint8Array(16).fill(0xab);

describe('the id of a submission', () => {
	it('is taken when the form was made before now, or by a clock that is a little ahead', () => {
		for (const madeAt of [0, nowMs - 1, nowMs, nowMs + SUBMISSION_AHEAD_MS]) {
			const id = uuidV7(madeAt, random);
			expect(checkSubmission(id, now)).toEqual({ ok: true, value: id });
		}
	});

	it('is refused from the future, which would lock the voter out', () => {
		for (const madeAt of [nowMs + SUBMISSION_AHEAD_MS + 1, 2 ** 48 - 1]) {
			expect(checkSubmission(uuidV7(madeAt, random), now)).toMatchObject({
				refusal: { code: 'ballot_form_invalid' },
			});
		}
	});

	it.each([
		['', 'nothing'],
		['00000000-0000-0000-0000-000000000000', 'the nil uuid'],
		['ffffffff-ffff-ffff-ffff-ffffffffffff', 'the greatest uuid'],
		['0193a5f0-5f00-4bab-abab-abababababab', 'another version'],
		['0193A5F0-5F00-7BAB-ABAB-ABABABABABAB', 'capital letters'],
		["0193a5f0-5f00-7bab-abab-abababababab'", 'a quote behind it'],
	])('is refused when it is %j: %s', (id) => {
		expect(checkSubmission(id, now).ok).toBe(false);
	});

	it('is taken exactly as long as its form is not from the future', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 48 - 1 }),
				fc.uint8Array({ minLength: 16, maxLength: 16 }),
				(madeAt, bytes) => {
					expect(checkSubmission(uuidV7(madeAt, bytes), now).ok).toBe(madeAt <= nowMs + SUBMISSION_AHEAD_MS);
				},
			),
		);
	});
});
