import { isConsultationSlug } from '#lib/domain/consultation/draft.ts';

/** The shape of a consultation's name in addresses; whether there is such a one is the database's to say. */
export function match(param: string): boolean {
	return isConsultationSlug(param);
}
