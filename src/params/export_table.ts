import { EXPORT_TABLES, type ExportTable } from '#lib/domain/participation/words.ts';

/** The tables of a release; budgets are no statistics and have an address of their own. */
export function match(param: string): param is Exclude<ExportTable, 'budgets'> {
	return param !== 'budgets' && (EXPORT_TABLES as readonly string[]).includes(param);
}
