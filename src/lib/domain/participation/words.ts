/** The words of participation statistics; the database's checks hold the same lists. */

/**
 * What is counted by city and day: residents whose residency was confirmed for the first time; ballots (one a resident
 * and consultation, on the day of the first); comments; comments that got their first official answer.
 */
export const METRICS = ['residents', 'comments', 'ballots', 'responses'] as const;
export type Metric = (typeof METRICS)[number];
/** What goes on for ever; ballots are counted by consultation, which ends. */
export type DailyMetric = Exclude<Metric, 'ballots'>;

/** The tables that can be downloaded. */
export const EXPORT_TABLES = ['participation', 'comments', 'votes', 'budgets'] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

export const EXPORT_FORMATS = ['csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
