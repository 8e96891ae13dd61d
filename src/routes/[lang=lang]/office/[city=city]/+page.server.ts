import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { RESPONSE_STATUSES, type ResponseStatus } from '#lib/domain/dialogue/words.ts';
import { countInbox, findComment, listByStatus, listWaiting } from '#lib/server/dialogue/index.ts';
import { authorise, readCursor } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;
const BESIDE = { from: null, limit: 5 };

/** What waits for an answer, the oldest first, with what was promised beside it; or the comments of one status. */
export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const reader = locals.app.db;
	const cityId = params.city as CityId;
	const language = params.lang as Language;
	authorise(event, 'office.view', { cityId });
	const status = readStatus(url.searchParams.get('status'));
	const start = { from: readCursor(url), limit: PAGE_SIZE };
	const published = readCursor(url, 'published');

	const [counts, inbox, underReview, inProgress, answered] = await Promise.all([
		countInbox(reader, cityId),
		status === null
			? listWaiting(reader, cityId, language, start)
			: listByStatus(reader, cityId, status, language, start),
		status === null ? listByStatus(reader, cityId, 'under_review', language, BESIDE) : null,
		status === null ? listByStatus(reader, cityId, 'in_progress', language, BESIDE) : null,
		published === null ? null : findComment(reader, cityId, published, language),
	]);
	return {
		status,
		counts,
		inbox,
		isLater: start.from !== null,
		underReview: underReview?.items ?? [],
		inProgress: inProgress?.items ?? [],
		published: answered === null ? null : { id: answered.id, line: answered.line },
	};
};

function readStatus(text: string | null): ResponseStatus | null {
	if (text === null) return null;
	return RESPONSE_STATUSES.find((status) => status === text) ?? error(404);
}
