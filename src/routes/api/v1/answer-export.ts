import type { RequestEvent } from '@sveltejs/kit';
import type { ExportFormat, ExportTable } from '#lib/domain/participation/words.ts';
import { describeFault } from '#lib/i18n/query-faults.ts';
import { m } from '#lib/paraglide/messages.js';
import { limit, networkOf, preferredLanguage, problem } from '#lib/server/http/index.ts';
import { openExport, readExportQuery, type ExportQuery } from '#lib/server/statistics/index.ts';

/** A table as a download, or a problem in words. The address has no language; words are in the one asked for. */
export async function answerExport(
	event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'getClientAddress'>,
	table: ExportTable,
	format: ExportFormat,
): Promise<Response> {
	const { app } = event.locals;
	const locale = preferredLanguage(event.request.headers.get('accept-language'));
	const within = await limit(app, 'export.address', networkOf(event.getClientAddress()));
	if (!within.ok) {
		const { detail: minutes, retryAfterSeconds } = within.refusal;
		const headers = { 'retry-after': String(retryAfterSeconds) };
		return problem(429, { title: m.api_too_many_requests({ minutes }, { locale }) }, headers);
	}
	const query = await readExportQuery(app.db, table, event.url.searchParams);
	if (!query.ok) {
		const errors = query.refusal.map((fault) => ({ ...fault, detail: describeFault(fault, locale) }));
		return problem(400, { title: m.api_query_not_understood({}, { locale }), errors });
	}
	const { mediaType, bytes } = await openExport(app, { table, format, ...query.value });
	return new Response(bytes, {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${fileName(table, query.value, app.clock())}.${format}"`,
			'cache-control': 'public, max-age=300',
			vary: 'accept-language',
			...describeData(table, query.value),
		},
	});
}

/** Which release and whose licence; in every row too, where they cannot get lost. */
function describeData(table: ExportTable, { release }: ExportQuery): Readonly<Record<string, string>> {
	if (table === 'budgets') return { 'x-data-kind': 'real' };
	const licence = { link: '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' };
	if (release === null) return licence;
	return {
		...licence,
		'x-data-kind': release.simulated ? 'simulated' : 'real',
		'x-data-release': release.releasedOn,
	};
}

function fileName(table: ExportTable, { release, filter, budgets }: ExportQuery, now: string): string {
	const day = release?.releasedOn ?? now.slice(0, 10);
	const kind = release?.simulated ? 'simulated' : null;
	const { fiscalYear, versionKey } = budgets;
	return ['ortaq-budget', table, filter.cityId, fiscalYear, versionKey, kind, day]
		.filter((part) => part !== null)
		.join('_');
}
