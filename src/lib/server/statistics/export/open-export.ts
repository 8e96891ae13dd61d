import { Readable } from 'node:stream';
import { EXPORT_COLUMNS, type ExportFormat, type ExportTable } from '#lib/domain/participation/words.ts';
import type { Capabilities, Reader } from '#lib/server/capabilities.ts';
import type { Release, StatisticsFilter } from '../release.ts';
import { budgetRows, type BudgetFilter } from './budget-rows.ts';
import { commentRows } from './comment-rows.ts';
import type { Cell, Row } from './format.ts';
import { FORMATS } from './formats.ts';
import { participationRows } from './participation-rows.ts';
import { voteRows } from './vote-rows.ts';

/** What is asked for. Without a release, when nothing has been published yet, a table of statistics has no rows. */
export type ExportRequest = {
	readonly table: ExportTable;
	readonly format: ExportFormat;
	readonly release: Release | null;
	readonly filter: StatisticsFilter;
	/** Only the table of budgets heeds it. */
	readonly budgets?: BudgetFilter;
};

const ALL_BUDGETS: BudgetFilter = { fiscalYear: null, versionKey: null };

type Named = AsyncIterable<Readonly<Record<string, Cell>>>;
type Source<T extends ExportTable> = (
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
) => AsyncIterable<Readonly<Record<(typeof EXPORT_COLUMNS)[T][number], Cell>>>;

const SOURCES: { readonly [T in Exclude<ExportTable, 'budgets'>]: Source<T> } = {
	participation: participationRows,
	comments: commentRows,
	votes: voteRows,
};

/** The bytes of a table and what a download needs to say of them. The first row is read before this returns. */
export async function openExport(
	app: Pick<Capabilities, 'db' | 'log'>,
	request: ExportRequest,
): Promise<{ readonly mediaType: string; readonly bytes: ReadableStream<Uint8Array> }> {
	const { mediaType, write } = FORMATS[request.format];
	const columns = EXPORT_COLUMNS[request.table];
	const rows = await readAhead(toCells(columns, sourceOf(app.db, request)));
	const writer = write(columns, rows);
	writer.on('error', (error: NodeJS.ErrnoException) => {
		// A reader who hangs up is no fault of ours.
		if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
			app.log.error({ table: request.table, error: error.message }, 'export broke off');
	});
	return { mediaType, bytes: Readable.toWeb(writer) as ReadableStream<Uint8Array> };
}

function sourceOf(reader: Reader, { table, release, filter, budgets = ALL_BUDGETS }: ExportRequest): Named {
	if (table === 'budgets') return budgetRows(reader, filter.cityId, budgets);
	return release === null ? nothing() : SOURCES[table](reader, release, filter);
}

async function* nothing(): AsyncGenerator<never> {}

async function* toCells(columns: readonly string[], rows: Named): AsyncGenerator<Row> {
	for await (const row of rows) yield columns.map((column) => row[column] ?? null);
}

/** Reads the first row now, so that a database which does not answer is an error page and not an empty file. */
async function readAhead(rows: AsyncGenerator<Row>): Promise<AsyncGenerator<Row>> {
	const first = await rows.next();
	return (async function* () {
		if (!first.done) yield first.value;
		yield* rows;
	})();
}
