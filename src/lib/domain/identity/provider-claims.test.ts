import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityId } from '../base/ids.ts';
import { readProviderClaims, toCityName, type ClaimRules } from './provider-claims.ts';

const IIN = '991231299998';
const rules: ClaimRules = {
	iin: 'iin',
	city: '/address/locality',
	cities: new Map([[toCityName('Тараз қаласы'), 'taraz' as CityId]]),
};

const from = (claims: unknown, changed: Partial<ClaimRules> = {}) =>
	readProviderClaims(claims, { ...rules, ...changed });
const at = (locality: unknown, iin: unknown = IIN) => ({ iin, address: { locality } });

describe('the claims of a provider', () => {
	it('name a person by their IIN and a city by a name that was set', () => {
		const proven = { ok: true, value: { iin: IIN, cityId: 'taraz' } };
		expect(from(at('Тараз қаласы'))).toEqual(proven);
		expect(from(at('  ТАРАЗ \u00a0 қаласы\n'))).toEqual(proven);
		expect(from(at('taraz', '9912 3129 9998'))).toEqual(proven);
	});

	it('are found by name, whatever is in it, or by a pointer', () => {
		const city = { 'https://id.example/city': 'taraz', 'a/b': { '~': 'taraz' } };
		expect(from({ iin: IIN, ...city }, { city: 'https://id.example/city' })).toMatchObject({ ok: true });
		expect(from({ iin: IIN, ...city }, { city: '/a~1b/~0' })).toMatchObject({ ok: true });
		expect(from({ person: { iin: IIN }, ...city }, { iin: '/person/iin', city: '/a~1b/~0' })).toMatchObject({
			ok: true,
		});
	});

	it.each([
		['null', null],
		['a number, which has lost its zeros', 10101100008],
		['a wrong check digit', '700101300006'],
		["a company's", '700145300005'],
		['a list', [IIN]],
		['markup', '<b>991231299998</b>'],
		['a text without end', IIN.repeat(100_000)],
		['control characters', '9912312\u0000\u001b[31m99998'],
	])('are refused with an IIN that is %s', (_, iin) => {
		expect(from(at('taraz', iin))).toEqual({ ok: false, refusal: { code: 'provider_person_unreadable' } });
	});

	it.each([
		['none', undefined],
		['unknown', 'Атлантида'],
		['markup', '<script>alert(1)</script>'],
		['a text without end', 'Тараз '.repeat(100_000)],
		['control characters', 'taraz\u0000'],
		['a list', ['taraz']],
		['a thing that every object has', 'constructor.prototype'],
	])('are refused with a city that is %s', (_, city) => {
		expect(from(at(city))).toEqual({ ok: false, refusal: { code: 'provider_city_unknown' } });
	});

	it('bear anything a provider may send', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.string(), (claims, path) => {
				const read = from(claims, { iin: path, city: `/${path}` });
				if (read.ok) expect(read.value.iin).toMatch(/^\d{12}$/);
			}),
		);
		expect(from(at('taraz'), { city: '__proto__' })).toMatchObject({ ok: false });
		expect(from(null)).toMatchObject({ ok: false });
	});
});
