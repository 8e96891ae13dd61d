import { error } from '@sveltejs/kit';
import { isUuid, type CommentId } from '#lib/domain/base/ids.ts';

/** The comment with which a page of a list begins, as its address says; null for the first page. A broken one is not found. */
export function readCursor(url: URL, parameter = 'from'): CommentId | null {
	const text = url.searchParams.get(parameter);
	if (text === null) return null;
	return isUuid(text) ? (text as CommentId) : error(404);
}
