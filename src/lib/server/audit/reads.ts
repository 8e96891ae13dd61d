import { sql } from 'kysely';
import type { AuditAction } from '#lib/domain/access/audit-actions.ts';
import { listChanges, type AuditChange } from '#lib/domain/access/audit-changes.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { CivilDate, Instant } from '#lib/domain/base/time.ts';
import type { Reader } from '../capabilities.ts';

/** Which entries to show; null: all. */
export type AuditFilter = {
	readonly cityId: CityId | null;
	readonly action: AuditAction | null;
	/** The day in this zone. */
	readonly day: CivilDate | null;
	readonly timeZone: string;
	/** Only entries older than this number. */
	readonly before: number | null;
};

/** An entry as a page shows it. */
export type AuditLine = {
	readonly number: number;
	readonly happenedAt: Instant;
	readonly action: AuditAction;
	/** `operator`: a command on the server. A name is null where the account was deleted. */
	readonly actor: { readonly kind: 'operator' } | { readonly kind: 'account'; readonly name: string | null };
	/** Null where the act belongs to no city. */
	readonly cityName: string | null;
	/** The name where the subject is an account that still is there. */
	readonly subject: { readonly kind: string; readonly id: string; readonly name: string | null };
	/** Null where the details were erased. */
	readonly changes: readonly AuditChange[] | null;
};

export type AuditPage = { readonly entries: readonly AuditLine[]; readonly next: number | null };

/** The newest entries that fit, and from which number on the next page goes. */
export async function listAudit(
	reader: Reader,
	filter: AuditFilter,
	language: Language,
	limit: number,
): Promise<AuditPage> {
	const rows = await readRows(reader, filter, language, limit + 1);
	const entries = rows.slice(0, limit).map((row) => ({
		number: row.number,
		happenedAt: row.happenedAt,
		action: row.action,
		actor:
			row.actorId === null
				? { kind: 'operator' as const }
				: { kind: 'account' as const, name: row.actorName },
		cityName: row.cityName,
		subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
		changes: row.details && listChanges(row.details),
	}));
	return { entries, next: rows.length > limit ? (entries.at(-1)?.number ?? null) : null };
}

function readRows(
	reader: Reader,
	{ cityId, action, day, timeZone, before }: AuditFilter,
	language: Language,
	limit: number,
) {
	return reader
		.selectFrom('audit_entry')
		.leftJoin('audit_detail', 'audit_detail.entry_number', 'audit_entry.number')
		.leftJoin('account', 'account.id', 'audit_entry.actor_id')
		.leftJoin('city_text', (join) =>
			join.onRef('city_text.city_id', '=', 'audit_entry.city_id').on('city_text.language', '=', language),
		)
		.$if(cityId !== null, (query) => query.where('audit_entry.city_id', '=', cityId))
		.$if(action !== null, (query) => query.where('audit_entry.action', '=', action!))
		.$if(day !== null, (query) =>
			query
				.where('happened_at', '>=', sql<Instant>`${day}::date::timestamp at time zone ${timeZone}`)
				.where('happened_at', '<', sql<Instant>`(${day}::date + 1)::timestamp at time zone ${timeZone}`),
		)
		.$if(before !== null, (query) => query.where('audit_entry.number', '<', before!))
		.select([
			'audit_entry.number',
			'audit_entry.happened_at as happenedAt',
			'audit_entry.action',
			'audit_entry.actor_id as actorId',
			'account.display_name as actorName',
			'city_text.name as cityName',
			'audit_entry.subject_kind as subjectKind',
			'audit_entry.subject_id as subjectId',
			// Only the id of an account is sure to be a uuid.
			sql<string | null>`
				case when audit_entry.subject_kind = 'account' then (
					select display_name from account where id = audit_entry.subject_id::uuid
				) end`.as('subjectName'),
			'audit_detail.details',
		])
		.orderBy('audit_entry.number', 'desc')
		.limit(limit)
		.execute();
}
