import type { ExportColumn, ExportTable, Metric } from '#lib/domain/participation/words.ts';
import { m } from '#lib/paraglide/messages.js';

const METRICS: Readonly<Record<Metric, () => string>> = {
	residents: m.statistics_metric_residents,
	comments: m.statistics_metric_comments,
	ballots: m.statistics_metric_ballots,
	responses: m.statistics_metric_responses,
};

export function metricName(metric: Metric): string {
	return METRICS[metric]();
}

const COUNTING: Readonly<Record<Metric | 'lines' | 'votes', () => string>> = {
	residents: m.statistics_how_residents,
	comments: m.statistics_how_comments,
	ballots: m.statistics_how_ballots,
	responses: m.statistics_how_responses,
	lines: m.statistics_how_lines,
	votes: m.statistics_how_votes,
};

/** The rule by which something is counted, in one or two sentences. */
export function countingRule(what: Metric | 'lines' | 'votes'): string {
	return COUNTING[what]();
}

const TABLES: Readonly<Record<ExportTable, { name: () => string; about: () => string }>> = {
	participation: { name: m.data_table_participation, about: m.data_about_participation },
	comments: { name: m.data_table_comments, about: m.data_about_comments },
	votes: { name: m.data_table_votes, about: m.data_about_votes },
	budgets: { name: m.data_table_budgets, about: m.data_about_budgets },
};

export function tableName(table: ExportTable): string {
	return TABLES[table].name();
}

/** What a row of the table is, and what one must know before adding rows up. */
export function tableMeaning(table: ExportTable): string {
	return TABLES[table].about();
}

const COLUMNS: Readonly<Record<ExportColumn, () => string>> = {
	data_kind: m.data_column_data_kind,
	released_on: m.data_column_released_on,
	city: m.data_column_city,
	metric: m.data_column_metric,
	consultation: m.data_column_consultation,
	first_day: m.data_column_first_day,
	last_day: m.data_column_last_day,
	count: m.data_column_count,
	median_wait_days: m.data_column_median_wait_days,
	fiscal_year: m.data_column_fiscal_year,
	kind: m.data_column_kind,
	code: m.data_column_code,
	name_kk: m.data_column_name_kk,
	name_ru: m.data_column_name_ru,
	name_en: m.data_column_name_en,
	comments: m.data_column_comments,
	voting_ended_on: m.data_column_voting_ended_on,
	option: m.data_column_option,
	votes: m.data_column_votes,
	suppressed: m.data_column_suppressed,
	version: m.data_column_version,
	sequence: m.data_column_sequence,
	current: m.data_column_current,
	grade: m.data_column_grade,
	source_title: m.data_column_source_title,
	source_number: m.data_column_source_number,
	decided_on: m.data_column_decided_on,
	source_url: m.data_column_source_url,
	part: m.data_column_part,
	level: m.data_column_level,
	amount: m.data_column_amount,
};

export function columnMeaning(column: ExportColumn): string {
	return COLUMNS[column]();
}
