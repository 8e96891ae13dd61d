import type { CityId, ConsultationId } from '#lib/domain/base/ids.ts';
import type { ConsultationDates } from '#lib/domain/consultation/phase.ts';
import type { Db } from '../capabilities.ts';

/**
 * Moves the dates of a consultation, since nobody moves the clock. Once voting has opened the database refuses it to
 * everybody but the owner of the tables, and the app does not serve as the owner: for demonstrations and tests.
 */
export async function redateConsultation(
	owner: Db,
	cityId: CityId,
	id: ConsultationId,
	dates: Partial<ConsultationDates>,
): Promise<void> {
	await owner
		.updateTable('consultation')
		.set({
			...(dates.discussionOpensAt && { discussion_opens_at: dates.discussionOpensAt }),
			...(dates.votingOpensAt && { voting_opens_at: dates.votingOpensAt }),
			...(dates.votingEndsAt && { voting_ends_at: dates.votingEndsAt }),
			...(dates.countingEndsAt && { counting_ends_at: dates.countingEndsAt }),
			...(dates.answerDueAt && { answer_due_at: dates.answerDueAt }),
		})
		.where('city_id', '=', cityId)
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
}
