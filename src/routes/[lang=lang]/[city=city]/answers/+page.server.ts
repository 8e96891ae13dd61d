import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { RESPONSE_STATUSES, type ResponseStatus } from '#lib/domain/dialogue/words.ts';
import { findDialogueFigures, listAnswers, listWaiting } from '#lib/server/dialogue/index.ts';
import { readCursor } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 20;
const LONGEST = { from: null, limit: 5 };

/** What a city was asked, what it answered and how fast; what has waited longest stands before what was answered. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const reader = locals.app.db;
	const cityId = params.city as CityId;
	const language = params.lang as Language;
	const status = readStatus(url.searchParams.get('status'));
	const from = readCursor(url);
	const [figures, waiting, answers] = await Promise.all([
		findDialogueFigures(reader, cityId),
		listWaiting(reader, cityId, language, LONGEST),
		listAnswers(reader, cityId, status, language, { from, limit: PAGE_SIZE }),
	]);
	return { status, figures, waiting: waiting.items, answers, isLater: from !== null };
};

/** A form that leaves the choice open sends an empty text. */
function readStatus(text: string | null): ResponseStatus | null {
	if (!text) return null;
	return RESPONSE_STATUSES.find((status) => status === text) ?? error(404);
}
