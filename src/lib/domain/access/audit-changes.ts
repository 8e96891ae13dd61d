import { isLanguage, type Language } from '../base/language.ts';
import type { AuditDetails } from '../proof/audit-chain.ts';
import type { Json } from '../proof/canonical-json.ts';

/** One field that an act changed, by its path: `texts.kk.body`. Null where it was not there before, or is no more. */
export type AuditChange = {
	readonly field: string;
	/** Of the two values, where the path tells it. */
	readonly language: Language | null;
	readonly before: string | null;
	readonly after: string | null;
};

/** What an act changed, field by field in the order in which the state tells them; what stayed as it was is left out. */
export function listChanges({ before, after }: AuditDetails): readonly AuditChange[] {
	const was = new Map(before === undefined ? [] : flatten('', before));
	const is = new Map(after === undefined ? [] : flatten('', after));
	return [...new Set([...was.keys(), ...is.keys()])]
		.map((field) => ({
			field,
			language: field.split('.').find(isLanguage) ?? null,
			before: was.get(field) ?? null,
			after: is.get(field) ?? null,
		}))
		.filter((change) => change.before !== change.after);
}

/** Every value that is no list and no object, with its path. A null says as little as a field that is not there. */
function flatten(path: string, value: Json): [string, string][] {
	if (value === null) return [];
	if (typeof value !== 'object') return [[path, String(value)]];
	return Object.entries(value as Readonly<Record<string, Json | undefined>>).flatMap(([key, member]) =>
		member === undefined ? [] : flatten(path === '' ? key : `${path}.${key}`, member),
	);
}
