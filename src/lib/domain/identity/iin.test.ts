import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listArtificialIins } from './artificial-iin.ts';
import { checkDigitOf, listOddities, maskIin, parseIin, type Iin } from './iin.ts';

const refusedAs = (code: string) => ({ ok: false, refusal: { code } });
const accepted = (iin: string) => ({ ok: true, value: iin });

/** Artificial. The first two are of people born in 1801 and 1899. */
const VALID = [
	'010101100008',
	'991231299998',
	'700101300005',
	'000101500206',
	'000229600004',
	'100101500200',
	'900101000008',
];

describe('parseIin', () => {
	it.each(VALID)('takes %s', (iin) => {
		expect(parseIin(iin)).toEqual(accepted(iin));
		expect(listOddities(iin as Iin)).toEqual([]);
	});

	it.each([
		['', 'iin_missing'],
		[' \u00a0\t ', 'iin_missing'],
		['70010130000', 'iin_length'],
		['7001013000055', 'iin_length'],
		['700101300006', 'iin_check_digit'],
		['701001300005', 'iin_check_digit'],
		['7001O1300005', 'iin_letters'],
		['7001О1300005', 'iin_letters'],
		['700101-300005', 'iin_letters'],
		['+70010130000', 'iin_letters'],
		['٧٠٠١٠١٣٠٠٠٠٥', 'iin_foreign_digits'],
		['７００１０１３００００５', 'iin_foreign_digits'],
		['70010130000٥', 'iin_foreign_digits'],
		['000000000000', 'iin_zeros'],
		['000140000015', 'iin_company'],
		['990540000123', 'iin_company'],
		['120661000009', 'iin_company'],
	])('refuses %j: %s', (text, code) => {
		expect(parseIin(text)).toEqual(refusedAs(code));
	});

	it('refuses whatever last digit where both rounds give ten', () => {
		expect(checkDigitOf('00010150022')).toBeNull();
		for (let digit = 0; digit <= 9; digit++) {
			expect(parseIin(`00010150022${digit}`)).toEqual(refusedAs('iin_never_issued'));
		}
	});

	it('weighs anew where the first round gives ten', () => {
		expect(checkDigitOf('00010150020')).toBe(6);
	});

	it.each([
		'700101 300005',
		'7001 0130 0005',
		' 700101\u00a0300005 ',
		'70\u202f0101\u2009300005\r\n',
		'\ufeff700101300005',
	])('reads %j past its spaces', (text) => {
		expect(parseIin(text)).toEqual(accepted('700101300005'));
	});

	it('refuses each single wrong digit that its weights can tell', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...VALID),
				fc.nat({ max: 10 }),
				fc.integer({ min: 1, max: 9 }),
				(iin, place, shift) => {
					// The second round may agree by chance; the first alone always shows one wrong digit.
					const changed = (Number(iin[place]) + shift) % 10;
					const typed = iin.slice(0, place) + String(changed) + iin.slice(place + 1);
					const parsed = parseIin(typed);
					const again = checkDigitOf(typed);
					expect(parsed.ok).toBe(String(again) === iin[11] && !/^.{4}[456]/.test(typed));
				},
			),
		);
	});

	it.each([
		['a megabyte of digits', '7'.repeat(1_000_000)],
		['a megabyte of spaces', ' '.repeat(1_000_000)],
		['a megabyte of letters', 'я'.repeat(1_000_000)],
	])('D10 is done with %s at once', (_, text) => {
		const milliseconds = [1, 2, 3].map(() => {
			// Of the processor, not of the wall: other work on the machine must not count.
			const before = process.cpuUsage();
			expect(parseIin(text).ok).toBe(false);
			maskIin(text);
			return process.cpuUsage(before).user / 1000;
		});
		expect(Math.min(...milliseconds)).toBeLessThan(50);
	});
});

describe('listOddities', () => {
	it.each([
		['900231300004', ['unusual_day']],
		['901301300007', ['unusual_day']],
		['900101700002', ['unusual_century']],
	])('only warns of %s', (iin, oddities) => {
		expect(parseIin(iin)).toEqual(accepted(iin));
		expect(listOddities(iin as Iin)).toEqual(oddities);
	});

	it('knows that 1900 had no leap day, and leaves a foreigner one in any year', () => {
		expect(listOddities('000229300000' as Iin)).toEqual(['unusual_day']);
		expect(listOddities('010229000000' as Iin)).toEqual([]);
	});
});

describe('maskIin', () => {
	it('shows the last four digits and no more', () => {
		expect(maskIin('700101300005')).toBe('********0005');
		expect(maskIin('7001 0130 0006')).toBe('********0006');
	});

	it('shows no letter: a name may have got into the wrong column', () => {
		expect(maskIin('Сейтқали Айгүл')).toBe('************');
		expect(maskIin('=1+1')).toBe('*1*1');
		expect(maskIin('12')).toBe('12');
	});
});

describe('artificialIins', () => {
	it('are right, usual in form, all different and of nobody alive', () => {
		const iins = listArtificialIins(40_000);
		expect(new Set(iins).size).toBe(40_000);
		for (const iin of iins) {
			expect(parseIin(iin)).toEqual(accepted(iin));
			expect(listOddities(iin)).toEqual([]);
			expect(iin[6]).toBe('1');
		}
	});
});
