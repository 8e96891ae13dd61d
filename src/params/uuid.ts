import { isUuid } from '#lib/domain/base/ids.ts';

/** The id of a comment, in addresses that only officials use. */
export function match(param: string): boolean {
	return isUuid(param);
}
