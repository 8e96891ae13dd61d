import type { AuditRecord } from '#lib/domain/proof/verify-audit.ts';
import { toHash } from '#lib/domain/proof/hash.ts';
import type { Reader } from '../capabilities.ts';

const BATCH = 2000;

/** The whole log as it is stored, in the order of its numbers; batch after batch, so that any length will do. */
export async function* auditRecords(reader: Reader): AsyncGenerator<AuditRecord> {
	let last = 0;
	for (;;) {
		const rows = await readAfter(reader, last);
		for (const row of rows) {
			yield {
				number: row.number,
				previousHash: row.previousHash && toHash(row.previousHash),
				happenedAt: row.happenedAt,
				actorId: row.actorId,
				cityId: row.cityId,
				action: row.action,
				subject: { kind: row.subjectKind, id: row.subjectId },
				detailsHash: toHash(row.detailsHash),
				hash: toHash(row.hash),
				details: row.salt && row.details && { salt: row.salt, value: row.details },
			};
		}
		if (rows.length < BATCH) return;
		last = rows.at(-1)?.number ?? last;
	}
}

function readAfter(reader: Reader, last: number) {
	return reader
		.selectFrom('audit_entry')
		.leftJoin('audit_detail', 'audit_detail.entry_number', 'audit_entry.number')
		.where('number', '>', last)
		.select([
			'number',
			'previous_hash as previousHash',
			'happened_at as happenedAt',
			'actor_id as actorId',
			'city_id as cityId',
			'action',
			'subject_kind as subjectKind',
			'subject_id as subjectId',
			'details_hash as detailsHash',
			'hash',
			'salt',
			'details',
		])
		.orderBy('number')
		.limit(BATCH)
		.execute();
}
