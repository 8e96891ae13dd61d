import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { AccountId, CityId } from '../base/ids.ts';
import { ok, refused } from '../base/result.ts';
import { parseInstant } from '../base/time.ts';
import { hashOfAuditEntry, hashOfDetails, type AuditFacts } from './audit-chain.ts';
import { checkLink, hashOfLink, NO_ENTRY, type Head, type Link } from './chain.ts';
import { hashBytes, readHash, toHash, type Hash, type Sha256 } from './hash.ts';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

type Entry = Link & { readonly hash: Hash };

function entriesOf(...contents: readonly string[]): Entry[] {
	let head: Head = NO_ENTRY;
	return contents.map((text) => {
		const link = { number: head.number + 1, previousHash: head.hash, content: [text] };
		const hash = hashOfLink(sha256, 'test-1', link);
		head = { number: link.number, hash };
		return { ...link, hash };
	});
}

function check(entries: readonly Entry[], chain = 'test-1') {
	let head: Head = NO_ENTRY;
	for (const entry of entries) {
		const checked = checkLink(sha256, chain, head, entry);
		if (!checked.ok) return checked;
		head = checked.value;
	}
	return ok(head);
}

const whole = entriesOf('a', 'b', 'c', 'd');

describe('a chain of hashes', () => {
	it('gives its head when nothing was touched', () => {
		expect(check(whole)).toEqual(ok({ number: 4, hash: whole[3]!.hash }));
		expect(check([])).toEqual(ok(NO_ENTRY));
	});

	it('names an entry whose content was changed', () => {
		expect(check(whole.with(1, { ...whole[1]!, content: ['B'] }))).toEqual(
			refused({ code: 'entry_changed', number: 2 }),
		);
	});

	it('names the entry after one that was changed together with its hash', () => {
		const link = { ...whole[1]!, content: ['B'] };
		expect(check(whole.with(1, { ...link, hash: hashOfLink(sha256, 'test-1', link) }))).toEqual(
			refused({ code: 'previous_differs', number: 3 }),
		);
	});

	it('names an entry that was removed, also when the rest was numbered anew', () => {
		const rest = whole.filter(({ number }) => number !== 2);
		expect(check(rest)).toEqual(refused({ code: 'entry_missing', number: 2 }));
		expect(check(rest.map((entry, index) => ({ ...entry, number: index + 1 })))).toEqual(
			refused({ code: 'previous_differs', number: 2 }),
		);
		expect(check(whole.slice(1))).toEqual(refused({ code: 'entry_missing', number: 1 }));
	});

	it('names the first of two entries that changed places', () => {
		const swapped = [whole[0]!, { ...whole[2]!, number: 2 }, { ...whole[1]!, number: 3 }, whole[3]!];
		expect(check(swapped)).toEqual(refused({ code: 'previous_differs', number: 2 }));
	});

	it('names an entry that was put in between', () => {
		const [added] = entriesOf('x');
		expect(check([...whole.slice(0, 2), { ...added!, number: 3 }, ...whole.slice(2)])).toEqual(
			refused({ code: 'previous_differs', number: 3 }),
		);
	});

	it('takes no entry of another chain', () => {
		expect(check(whole, 'test-2')).toEqual(refused({ code: 'entry_changed', number: 1 }));
	});
});

describe('the known answers of docs/proof.md', () => {
	const salt = Uint8Array.from({ length: 32 }, (_, index) => index);
	const first = hashOfDetails(sha256, salt, {
		before: { status: 'under_review' },
		after: { status: 'accepted', text: 'Жарық орнатылады.' },
	});
	const second = hashOfDetails(sha256, salt, {});
	const facts: AuditFacts = {
		number: 1,
		previousHash: null,
		happenedAt: parseInstant('2026-11-24T10:15:00.000Z'),
		actorId: '01890000-0000-7000-8000-000000000001' as AccountId,
		cityId: 'taraz' as CityId,
		action: 'response.publish',
		subject: { kind: 'comment', id: '01890000-0000-7000-8000-000000000002' },
		detailsHash: first,
	};
	const firstHash = hashOfAuditEntry(sha256, facts);
	const secondHash = hashOfAuditEntry(sha256, {
		number: 2,
		previousHash: firstHash,
		happenedAt: parseInstant('2026-11-24T10:16:00.000Z'),
		actorId: null,
		cityId: null,
		action: 'audit.erase',
		subject: { kind: 'audit_entry', id: '1' },
		detailsHash: second,
	});

	it('come out as another program computed them', () => {
		expect(first).toBe('0345223f9ae56b8b4a95322c4ef5567948ac480a26e3ad36f591e945167c2941');
		expect(second).toBe('3beb4649fb0f3ba0e4d1db3befc0f9e6982d28cf69bc263851e1b7635a0c9f38');
		expect(firstHash).toBe('8d57d423aa2706af071a5f8659242295423245ee057fb6eb9a2c5e25492e0b58');
		expect(secondHash).toBe('dd8b294b6db2a0ce563d7bba79278b42e06bef4b30ca71ab17172e937ed06508');
	});

	it('stand on that page', async () => {
		const page = await readFile(new URL('../../../../docs/proof.md', import.meta.url), 'utf8');
		for (const hash of [first, second, firstHash, secondHash]) expect(page).toContain(hash);
	});
});

describe('a hash', () => {
	it('is read in lower-case hexadecimal digits only', () => {
		const hash = toHash(sha256(new Uint8Array()));
		expect(hash).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
		expect(readHash(hash)).toBe(hash);
		expect(readHash(hash.toUpperCase())).toBeNull();
		expect(readHash(hash.slice(1))).toBeNull();
		expect(toHash(hashBytes(hash))).toBe(hash);
	});
});
