import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CityId, ConsultationId, PersonId } from '#lib/domain/base/ids.ts';
import { makeWrappedKey, openPseudonyms } from './keys.ts';

const keys = { secret: 'a secret of the environment, 32+', person: 'another one' };
const owner = {
	cityId: 'taraz' as CityId,
	consultationId: '01890000-0000-7000-8000-00000000000a' as ConsultationId,
};
const person = '01890000-0000-7000-8000-000000000001' as PersonId;
const neighbour = '01890000-0000-7000-8000-000000000002' as PersonId;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the key of a consultation', () => {
	it('gives a person the same pseudonym each time, and nobody else the same', () => {
		const wrapped = makeWrappedKey(keys, randomBytes, owner);
		const pseudonymOf = openPseudonyms(keys, owner, wrapped);
		expect(hex(pseudonymOf(person))).toBe(hex(openPseudonyms(keys, owner, wrapped)(person)));
		expect(hex(pseudonymOf(person))).not.toBe(hex(pseudonymOf(neighbour)));
		expect(pseudonymOf(person)).toHaveLength(32);
	});

	it('gives the same person another pseudonym in another consultation', () => {
		const first = openPseudonyms(keys, owner, makeWrappedKey(keys, randomBytes, owner));
		const second = openPseudonyms(keys, owner, makeWrappedKey(keys, randomBytes, owner));
		expect(hex(first(person))).not.toBe(hex(second(person)));
	});

	it('does not stand in what is stored', () => {
		let made: Uint8Array = new Uint8Array();
		const random = (bytes: number) => {
			const drawn = randomBytes(bytes);
			if (bytes === 32) made = drawn;
			return drawn;
		};
		const wrapped = makeWrappedKey(keys, random, owner);
		expect(made).toHaveLength(32);
		expect(hex(wrapped)).not.toContain(hex(made));
	});

	it.each([
		['another secret', { ...keys, secret: 'a secret of another environment.' }, owner],
		['another city', keys, { ...owner, cityId: 'oral' as CityId }],
		[
			'another consultation',
			keys,
			{ ...owner, consultationId: '01890000-0000-7000-8000-00000000000b' as ConsultationId },
		],
	])('does not open under %s', (_, otherKeys, otherOwner) => {
		const wrapped = makeWrappedKey(keys, randomBytes, owner);
		expect(() => openPseudonyms(otherKeys, otherOwner, wrapped)).toThrow();
	});

	it('does not open when one bit of it was changed', () => {
		const wrapped = makeWrappedKey(keys, randomBytes, owner);
		for (let index = 0; index < wrapped.length; index++) {
			const changed = Uint8Array.from(wrapped);
			changed[index]! ^= 1;
			expect(() => openPseudonyms(keys, owner, changed)).toThrow();
		}
	});
});
