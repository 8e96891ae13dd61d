import { sql, type RawBuilder } from 'kysely';
import type { CommentId } from '#lib/domain/base/ids.ts';

/** One page of a list; `next` is the comment that the following page begins with. */
export type Page<T> = { readonly items: readonly T[]; readonly next: CommentId | null };

/** Where a page begins, that comment included; null for the first page. */
export type PageStart = { readonly from: CommentId | null; readonly limit: number };

export function toPage<T extends { readonly id: CommentId }>(rows: readonly T[], limit: number): Page<T> {
	return { items: rows.slice(0, limit), next: rows[limit]?.id ?? null };
}

type Order = 'newest first' | 'oldest first';

const FOLLOWS = { 'newest first': sql`<=`, 'oldest first': sql`>=` } satisfies Record<Order, unknown>;

/** The comments of a list from the one on that its page begins with; `start` says which comment that is. */
export function fromComment(order: Order, start: RawBuilder<boolean>): RawBuilder<boolean> {
	return sql<boolean>`(comment.created_at, comment.id) ${FOLLOWS[order]} (
		select start.created_at, start.id
		from comment as start
		where ${start})`;
}

/** The same where a list stands in the order of the answers; `start` says whose answer the page begins with. */
export function fromResponse(order: Order, start: RawBuilder<boolean>): RawBuilder<boolean> {
	return sql<boolean>`(response.published_at, response.id) ${FOLLOWS[order]} (
		select start.published_at, start.id
		from response as start
		where ${start})`;
}
