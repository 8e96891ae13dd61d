import type { Language } from '#lib/domain/base/language.ts';
import { formatTengeTick } from '#lib/i18n/money.ts';
import { formatInteger, formatShare } from '#lib/i18n/number.ts';

/** What the figures of a chart are: the numbers of an axis are written accordingly. */
export type ChartUnit = 'tenge' | 'count' | 'share';

export type ChartSeries = {
	readonly label: string;
	/** In tenge, in pieces or in thousandths; null where there is no figure. Only drawn, never summed. */
	readonly values: readonly (number | null)[];
	/** The same figures as the table prints them, exact. */
	readonly cells: readonly string[];
};

export type ChartFigures = {
	/** `rows` are bars that lie, for long names in an order. */
	readonly type: 'bar' | 'line' | 'rows';
	/** What the series are counted by: years, days, age bands. */
	readonly labels: readonly string[];
	readonly series: readonly ChartSeries[];
	readonly unit: ChartUnit;
	readonly language: Language;
};

/** As many as there are colours that one can tell apart. */
export const SERIES_MAX = 6;

/** A number of the axis. Chart.js picks round ones, but between 0 and 1 also halves, which nothing countable has. */
export function formatTick(value: number, unit: ChartUnit, language: Language): string {
	switch (unit) {
		case 'tenge':
			return formatTengeTick(value, language);
		case 'count':
			return Number.isInteger(value) ? formatInteger(value, language) : '';
		case 'share':
			return formatShare(Math.round(value), language);
	}
}

/**
 * A name broken between words into lines that fit, as a canvas does not do by itself; what is left after the last line is
 * cut with a sign that says so. A single word that does not fit stays whole.
 */
export function breakName(name: string, fits: (line: string) => boolean, linesMax: number): string[] {
	const lines: string[] = [];
	for (const word of name.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
		else if (lines.length < linesMax) lines.push(word);
		else return [...lines.slice(0, -1), cutToFit(`${last}…`, fits)];
	}
	return lines;
}

/** Takes words off the end until the line fits with its ellipsis. */
function cutToFit(line: string, fits: (line: string) => boolean): string {
	const shorter = line.replace(/ [^ ]*$/, '…');
	return fits(line) || shorter === line ? line : cutToFit(shorter, fits);
}
