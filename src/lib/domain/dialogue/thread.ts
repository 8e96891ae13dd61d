import type { CityId, CommentId } from '../base/ids.ts';
import type { Language, Passage } from '../base/language.ts';
import type { Instant } from '../base/time.ts';
import type { LineKind } from '../budget/words.ts';
import type { ResponseText } from './response.ts';
import type { ResponseStatus } from './words.ts';

/** What a revision of a response says in one language. */
export type PublishedText = Omit<ResponseText, 'language'> & { readonly language: Language };

export type ResponseRevision = {
	readonly revision: number;
	readonly status: ResponseStatus;
	readonly publishedAt: Instant;
	/** Kazakh first. */
	readonly texts: readonly PublishedText[];
};

/** A comment as everybody reads it, together with its answer. */
export type Comment = {
	readonly id: CommentId;
	readonly language: Language;
	readonly body: string;
	readonly createdAt: Instant;
	/** Null when the account was deleted. */
	readonly authorName: string | null;
	/** The akimat's response as published, newest revision first; empty while the comment waits. */
	readonly revisions: readonly ResponseRevision[];
};

/** The line a comment is about, enough to name it and link to it. */
export type CommentedLine = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
	readonly name: Passage;
};

/** The city of a comment, in the reader's language. */
export type CommentedCity = { readonly name: string; readonly akimat: string; readonly timeZone: string };

/** A comment apart from its line's page. */
export type CommentOnLine = Comment & { readonly line: CommentedLine; readonly city: CommentedCity };

/** The texts of a revision as a reader wants them: their own language first, then as published, Kazakh first. */
export function textsFor(revision: ResponseRevision, reader: Language): readonly PublishedText[] {
	const own = revision.texts.filter(({ language }) => language === reader);
	const others = revision.texts.filter(({ language }) => language !== reader);
	return [...own, ...others];
}
