import type { CityId, CommentId } from '../base/ids.ts';

/**
 * Where a comment stands for everybody to read, without the language in front: its line's page, with the discussion
 * beginning at this very comment, however many newer ones there are.
 */
export function commentPath(
	line: { readonly cityId: CityId; readonly fiscalYear: number; readonly alias: string },
	id: CommentId,
): string {
	return `/${line.cityId}/budget/${line.fiscalYear}/${line.alias}?comment=${id}#${commentAnchor(id)}`;
}

export function commentAnchor(id: CommentId): string {
	return `comment-${id}`;
}
