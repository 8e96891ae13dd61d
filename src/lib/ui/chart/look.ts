import { SERIES_MAX } from './figures.ts';

/** The tokens as a canvas needs them: read where the chart stands, so that dark and print are right. */
export type Look = {
	readonly ink: string;
	readonly inkSecond: string;
	readonly line: string;
	readonly control: string;
	readonly paper: string;
	readonly series: readonly string[];
	readonly family: string;
	/** In pixels. */
	readonly size: number;
};

export function readLook(element: Element): Look {
	const style = getComputedStyle(element);
	const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
	return {
		ink: token('ink'),
		inkSecond: token('ink-2'),
		line: token('line'),
		control: token('control'),
		paper: token('surface'),
		series: Array.from({ length: SERIES_MAX }, (_, index) => token(`series-${index + 1}`)),
		family: style.fontFamily,
		size: Number.parseFloat(style.fontSize),
	};
}
