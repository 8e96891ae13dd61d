import { sql, type RawBuilder } from 'kysely';

/** For a join: the subject that a row points at, of any table or alias with `subject_kind` and `subject_code`. */
export function subjectOf(table: string): RawBuilder<boolean> {
	return isSubject(table, 'subject_kind', 'subject_code');
}

/** For a join: the subject of which a budget line gives the amount. */
export function subjectOfLine(): RawBuilder<boolean> {
	return isSubject('budget_line', 'kind', 'code');
}

function isSubject(table: string, kind: string, code: string): RawBuilder<boolean> {
	const column = (name: string) => sql.ref(`${table}.${name}`);
	return sql<boolean>`(
		subject.city_id = ${column('city_id')} and subject.fiscal_year = ${column('fiscal_year')}
		and subject.kind = ${column(kind)} and subject.code = ${column(code)})`;
}
