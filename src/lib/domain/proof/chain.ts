import { refused, type Result } from '../base/result.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { hashText, type Hash, type Sha256 } from './hash.ts';

/** The newest entry of a chain. Whoever notes it can later prove that nothing up to it was changed. */
export type Head = { readonly number: number; readonly hash: Hash | null };

/** The head of a chain that has no entry yet. */
export const NO_ENTRY: Head = { number: 0, hash: null };

/** One entry as it goes into its hash: its place, the hash of the entry before it, and what it says. */
export type Link = {
	readonly number: number;
	readonly previousHash: Hash | null;
	readonly content: readonly Json[];
};

/** Where a chain is broken, by the first number that does not fit. */
export type ChainBreak =
	/** An entry is missing where one should be. */
	| { readonly code: 'entry_missing'; readonly number: number }
	/** The entry does not continue the one before it: that one was changed after this was written. */
	| { readonly code: 'previous_differs'; readonly number: number }
	/** What the entry says is not what was hashed. */
	| { readonly code: 'entry_changed'; readonly number: number };

/**
 * SHA-256 over the canonical JSON of `[chain, number, previous hash or null, …content]`. The name of the chain holds its
 * version, so an entry of one chain never passes for one of another. Specified with known answers in docs/proof.md.
 */
export function hashOfLink(sha256: Sha256, chain: string, link: Link): Hash {
	return hashText(sha256, canonicalJson([chain, link.number, link.previousHash, ...link.content]));
}

/** Checks one entry against the head so far. Gives the new head. */
export function checkLink(
	sha256: Sha256,
	chain: string,
	head: Head,
	entry: Link & { readonly hash: Hash },
): Result<Head, ChainBreak> {
	const { number, hash } = entry;
	if (number !== head.number + 1) return refused({ code: 'entry_missing', number: head.number + 1 });
	if (entry.previousHash !== head.hash) return refused({ code: 'previous_differs', number });
	if (hashOfLink(sha256, chain, entry) !== hash) return refused({ code: 'entry_changed', number });
	return { ok: true, value: { number, hash } };
}
