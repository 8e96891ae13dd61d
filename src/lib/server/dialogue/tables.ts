import type { Generated } from 'kysely';
import type { AccountId, CityId, CommentId, ResponseId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';

export type DialogueTables = {
	comment: {
		city_id: CityId;
		id: CommentId;
		fiscal_year: number;
		subject_kind: LineKind;
		subject_code: string;
		account_id: AccountId | null;
		language: Language;
		body: string;
		created_at: Generated<Instant>;
		answered_at: Instant | null;
	};
	response: {
		city_id: CityId;
		id: ResponseId;
		comment_id: CommentId;
		status: ResponseStatus;
		revision: number;
		published_at: Generated<Instant>;
	};
	response_revision: {
		city_id: CityId;
		response_id: ResponseId;
		revision: number;
		submission_id: SubmissionId;
		status: ResponseStatus;
		account_id: AccountId | null;
		published_at: Generated<Instant>;
	};
	response_text: {
		city_id: CityId;
		response_id: ResponseId;
		revision: number;
		language: Language;
		body: string;
		legal_basis: string | null;
		complaint: string | null;
	};
};
