import { AUDIT_CHAIN, auditLink, hashOfDetails, type AuditDetails, type AuditFacts } from './audit-chain.ts';
import { checkLink, NO_ENTRY, type ChainBreak, type Head } from './chain.ts';

import type { Hash, Sha256 } from './hash.ts';

/** An entry as the log holds it, with its details unless they were erased. */
export type AuditRecord = AuditFacts & {
	readonly hash: Hash;
	readonly details: { readonly salt: Uint8Array; readonly value: AuditDetails } | null;
};

/** A head that somebody noted earlier, elsewhere. */
export type NotedHead = { readonly number: number; readonly hash: Hash };

export type AuditBreak =
	| ChainBreak
	/** The details beside the entry are not those that were hashed. */
	| { readonly code: 'details_changed'; readonly number: number }
	/** The details are gone, and no entry says that they were erased. */
	| { readonly code: 'details_missing'; readonly number: number }
	/** The log ends before the head that was noted: what came after this number was cut off. */
	| { readonly code: 'end_missing'; readonly number: number }
	/** The chain is whole in itself, but is not the one whose head was noted: it was written anew. */
	| { readonly code: 'head_differs'; readonly number: number };

export type AuditReport = {
	/** The newest entry that was found in order. */
	readonly head: Head;
	readonly erased: number;
	/** The first link that does not hold; null when the log is whole. */
	readonly firstBreak: AuditBreak | null;
};

/** Checks the whole log, entry by entry in the order of their numbers, keeping none: it may be of any length. */
export async function verifyAudit(
	sha256: Sha256,
	records: AsyncIterable<AuditRecord> | Iterable<AuditRecord>,
	noted: NotedHead | null,
): Promise<AuditReport> {
	let head = NO_ENTRY;
	let erased = 0;
	// Each is taken out when the entry of its erasure comes by, which is always later.
	const unexplained = new Set<number>();
	const report = (firstBreak: AuditBreak | null): AuditReport => ({ head, erased, firstBreak });
	for await (const record of records) {
		const { number } = record;
		const checked = checkLink(sha256, AUDIT_CHAIN, head, { ...auditLink(record), hash: record.hash });
		if (!checked.ok) return report(checked.refusal);
		if (record.details === null) {
			unexplained.add(number);
			erased += 1;
		} else if (!isHashed(sha256, record.details, record.detailsHash)) {
			return report({ code: 'details_changed', number });
		}
		if (record.action === 'audit.erase') unexplained.delete(Number(record.subject.id));
		if (number === noted?.number && record.hash !== noted.hash) {
			return report({ code: 'head_differs', number });
		}
		head = checked.value;
	}
	const [missing] = unexplained;
	if (missing !== undefined) return report({ code: 'details_missing', number: missing });
	if (noted !== null && head.number < noted.number) {
		return report({ code: 'end_missing', number: head.number + 1 });
	}
	return report(null);
}

function isHashed(sha256: Sha256, { salt, value }: NonNullable<AuditRecord['details']>, hash: Hash): boolean {
	try {
		return hashOfDetails(sha256, salt, value) === hash;
	} catch (error) {
		// A value that has no canonical form, such as a fraction, never was what was hashed.
		if (error instanceof RangeError) return false;
		throw error;
	}
}
