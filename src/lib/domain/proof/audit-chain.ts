import type { AccountId, CityId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { hashOfLink, type Link } from './chain.ts';
import { toHash, type Hash, type Sha256 } from './hash.ts';

/** The name of the audit log's chain and the version of its encoding. */
export const AUDIT_CHAIN = 'ortaq-audit-1';

/** What an entry of the audit log says for ever: who did what to what and when, by names and ids that tell no person. */
export type AuditFacts = {
	readonly number: number;
	readonly previousHash: Hash | null;
	readonly happenedAt: Instant;
	readonly actorId: AccountId | null;
	readonly cityId: CityId | null;
	readonly action: string;
	readonly subject: { readonly kind: string; readonly id: string };
	readonly detailsHash: Hash;
};

/** The state before and after the act. It lies beside the chain and can be erased; the chain holds its salted hash. */
export type AuditDetails = { readonly before?: Json; readonly after?: Json };

/** An entry as a link of the chain: the order of its fields is part of the encoding. */
export function auditLink(facts: AuditFacts): Link {
	const { number, previousHash, happenedAt, actorId, cityId, action, subject, detailsHash } = facts;
	return {
		number,
		previousHash,
		content: [happenedAt, actorId, cityId, action, subject.kind, subject.id, detailsHash],
	};
}

export function hashOfAuditEntry(sha256: Sha256, facts: AuditFacts): Hash {
	return hashOfLink(sha256, AUDIT_CHAIN, auditLink(facts));
}

/** The salt keeps erased details from being guessed: without it their few possible values could be tried. */
export function hashOfDetails(sha256: Sha256, salt: Uint8Array, details: AuditDetails): Hash {
	const text = new TextEncoder().encode(canonicalJson(details));
	const bytes = new Uint8Array(salt.length + text.length);
	bytes.set(salt);
	bytes.set(text, salt.length);
	return toHash(sha256(bytes));
}
