/** The words of participation statistics; the database's checks hold the same lists. */

/**
 * What is counted by city and day: residents whose residency was confirmed for the first time; comments; ballots (one a
 * resident and consultation, on the day of the first); comments that got their first official answer.
 */
export const METRICS = ['residents', 'comments', 'ballots', 'responses'] as const;
export type Metric = (typeof METRICS)[number];
/** What goes on for ever; ballots are counted by consultation, which ends. */
export type DailyMetric = Exclude<Metric, 'ballots'>;

/** Whether the people behind the figures are real or made up for a demonstration. */
export type DataKind = 'real' | 'simulated';

/** The columns of each table that can be downloaded, in their order. Names are a contract: other people's tools use them. */
export const EXPORT_COLUMNS = {
	participation: [
		'data_kind',
		'released_on',
		'city',
		'metric',
		'consultation',
		'first_day',
		'last_day',
		'count',
		'median_wait_days',
	],
	comments: [
		'data_kind',
		'released_on',
		'city',
		'fiscal_year',
		'kind',
		'code',
		'name_kk',
		'name_ru',
		'name_en',
		'first_day',
		'last_day',
		'comments',
	],
	votes: [
		'data_kind',
		'released_on',
		'city',
		'consultation',
		'voting_ended_on',
		'option',
		'fiscal_year',
		'kind',
		'code',
		'name_kk',
		'name_ru',
		'name_en',
		'votes',
		'suppressed',
	],
	budgets: [
		'data_kind',
		'city',
		'fiscal_year',
		'version',
		'sequence',
		'current',
		'grade',
		'source_title',
		'source_number',
		'decided_on',
		'source_url',
		'part',
		'kind',
		'code',
		'level',
		'name_kk',
		'name_ru',
		'name_en',
		'amount',
	],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ExportTable = keyof typeof EXPORT_COLUMNS;
export type ExportColumn = (typeof EXPORT_COLUMNS)[ExportTable][number];

export const EXPORT_TABLES = Object.keys(EXPORT_COLUMNS) as readonly ExportTable[];

/**
 * `csv` for programs: commas and decimal points. `excel.csv` for the spreadsheets of Kazakhstan: there a semicolon parts
 * columns, and 4.5 would be read as the fourth of May.
 */
export const EXPORT_FORMATS = ['csv', 'excel.csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
