import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptionId } from '../base/ids.ts';
import { validateApproval, type ApprovalPaper } from './approval.ts';

const options = ['01', '04', '06', '07', '08', '12'] as OptionId[];
const paper: ApprovalPaper = { optionIds: options, maxOptions: 5 };
const choose = (...optionIds: string[]) => validateApproval(paper, { optionIds, isBlank: false });

describe('a ballot by approval', () => {
	it('may choose from one option to as many as allowed', () => {
		expect(choose('04')).toEqual({ ok: true, value: { optionIds: ['04'] } });
		expect(choose('01', '04', '06', '07', '08').ok).toBe(true);
	});

	it('keeps the order of the paper, whatever the order of ticking', () => {
		expect(choose('12', '01', '07')).toEqual({ ok: true, value: { optionIds: ['01', '07', '12'] } });
	});

	it('may be blank when that is said', () => {
		expect(validateApproval(paper, { optionIds: [], isBlank: true })).toEqual({
			ok: true,
			value: { optionIds: [] },
		});
	});

	it.each([
		['an option of another consultation', ['04', '99'], false, { code: 'ballot_option_unknown' }],
		['an option twice', ['04', '04'], false, { code: 'ballot_option_twice' }],
		['a blank ballot with an option', ['04'], true, { code: 'ballot_blank_with_options' }],
		['nothing at all', [], false, { code: 'ballot_too_few_options' }],
		['one too many', options, false, { code: 'ballot_too_many_options', detail: 5 }],
	])('refuses %s', (_, optionIds, isBlank, refusal) => {
		expect(validateApproval(paper, { optionIds, isBlank })).toEqual({ ok: false, refusal });
	});

	it.each([
		['unknown before twice', ['99', '99'], false, 'ballot_option_unknown'],
		['unknown before too many', [...options, '99'], false, 'ballot_option_unknown'],
		['unknown before blank', ['99'], true, 'ballot_option_unknown'],
		['twice before too many', [...options, '01'], false, 'ballot_option_twice'],
		['twice before blank', ['01', '01'], true, 'ballot_option_twice'],
		['blank before too many', options, true, 'ballot_blank_with_options'],
	])('names the first broken rule: %s', (_, optionIds, isBlank, code) => {
		expect(validateApproval(paper, { optionIds, isBlank })).toMatchObject({ refusal: { code } });
	});
});

describe('any choice at all', () => {
	const text = fc.oneof(fc.constantFrom(...options), fc.string({ maxLength: 4 }));

	it('is valid exactly when it is a set of options of the paper within the limit, or says that it is blank', () => {
		fc.assert(
			fc.property(
				fc.array(text, { maxLength: 9 }),
				fc.boolean(),
				fc.integer({ min: 1, max: 6 }),
				(chosen, isBlank, maxOptions) => {
					const isSetOfOptions =
						new Set(chosen).size === chosen.length && chosen.every((id) => options.includes(id as OptionId));
					const inLimits = isBlank ? chosen.length === 0 : chosen.length >= 1 && chosen.length <= maxOptions;
					const result = validateApproval({ optionIds: options, maxOptions }, { optionIds: chosen, isBlank });
					expect(result.ok).toBe(isSetOfOptions && inLimits);
					if (result.ok) expect([...result.value.optionIds].sort()).toEqual([...chosen].sort());
				},
			),
		);
	});
});
