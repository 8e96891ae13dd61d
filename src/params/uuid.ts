import { isUuid } from '#lib/domain/base/ids.ts';

/** The id of a comment or an import, in addresses that only officials use. */
export function match(param: string): boolean {
	return isUuid(param);
}
