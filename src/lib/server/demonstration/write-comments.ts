import type { AccountId, CityId, CommentId, ResponseId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { idAt } from './ids.ts';
import type { PlannedCity, SimulatedResident } from './plan.ts';
import type { ResidentIds } from './write-residents.ts';

/** Comments with every revision of their answers. No mails: nobody could read them. */
export async function writeComments(
	tx: Tx,
	{ random }: Pick<Capabilities, 'random'>,
	cities: readonly PlannedCity[],
	residents: ReadonlyMap<SimulatedResident, ResidentIds>,
	officials: ReadonlyMap<CityId, AccountId>,
): Promise<void> {
	const comments = cities.flatMap(({ cityId, comments }) =>
		comments.map((comment) => ({ ...comment, cityId, id: idAt<CommentId>(random, comment.createdAt) })),
	);
	const responses = comments.flatMap(({ cityId, id: commentId, revisions }) => {
		const [first] = revisions;
		return first ? [{ cityId, commentId, revisions, id: idAt<ResponseId>(random, first.publishedAt) }] : [];
	});
	const revisions = responses.flatMap(({ cityId, id, revisions }) =>
		revisions.map((revision, index) => ({ ...revision, cityId, responseId: id, number: index + 1 })),
	);
	if (comments.length === 0) return;
	await tx
		.insertInto('comment')
		.values(
			comments.map((comment) => ({
				city_id: comment.cityId,
				id: comment.id,
				fiscal_year: comment.fiscalYear,
				subject_kind: 'expenditure' as const,
				subject_code: comment.code,
				account_id: residents.get(comment.author)!.accountId,
				language: comment.language,
				body: comment.body,
				created_at: comment.createdAt,
				answered_at: comment.revisions[0]?.publishedAt ?? null,
			})),
		)
		.execute();
	if (responses.length === 0) return;
	await tx
		.insertInto('response')
		.values(
			responses.map(({ cityId, id, commentId, revisions }) => ({
				city_id: cityId,
				id,
				comment_id: commentId,
				status: revisions.at(-1)!.status,
				revision: revisions.length,
				published_at: revisions.at(-1)!.publishedAt,
			})),
		)
		.execute();
	await tx
		.insertInto('response_revision')
		.values(
			revisions.map(({ cityId, responseId, number, status, publishedAt }) => ({
				city_id: cityId,
				response_id: responseId,
				revision: number,
				submission_id: idAt<SubmissionId>(random, publishedAt),
				status,
				account_id: officials.get(cityId) ?? null,
				published_at: publishedAt,
			})),
		)
		.execute();
	await tx
		.insertInto('response_text')
		.values(
			revisions.flatMap(({ cityId, responseId, number, body, legalBasis, complaint }) =>
				(['kk', 'ru'] as const).map((language) => ({
					city_id: cityId,
					response_id: responseId,
					revision: number,
					language,
					body: body[language],
					legal_basis: legalBasis?.[language] ?? null,
					complaint: complaint?.[language] ?? null,
				})),
			),
		)
		.execute();
}
