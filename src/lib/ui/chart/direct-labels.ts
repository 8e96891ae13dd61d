import type { Chart, Plugin } from 'chart.js';
import { formatTick, type ChartFigures } from './figures.ts';
import type { Look } from './look.ts';

/**
 * Labels where the eye already is, instead of at the axis or in a legend: the figure over each bar of a single series, the
 * name at the end of each of several lines. Left out where there is no room; the table and the legend say it too.
 */
export function directLabels(figures: ChartFigures, look: Look): Plugin {
	return {
		id: 'direct-labels',
		afterDatasetsDraw(chart: Chart): void {
			const { ctx } = chart;
			ctx.save();
			ctx.font = `600 ${look.size}px ${look.family}`;
			if (figures.series.length === 1) labelFigures(chart, figures, look);
			else if (figures.type === 'line') labelLines(chart, figures, look);
			ctx.restore();
		},
	};
}

/** Room that the names of lines need to the right of the drawing; none on a narrow one. */
export function roomForNames(canvas: HTMLCanvasElement, figures: ChartFigures, look: Look): number {
	if (figures.type !== 'line' || figures.series.length === 1) return 0;
	const ctx = canvas.getContext('2d');
	if (!ctx) return 0;
	ctx.font = `600 ${look.size}px ${look.family}`;
	const widest = Math.max(...figures.series.map((one) => ctx.measureText(one.label).width));
	return widest > (canvas.parentElement?.clientWidth ?? 0) / 5 ? 0 : widest + look.size * 2;
}

function labelFigures(chart: Chart, figures: ChartFigures, look: Look): void {
	const values = figures.series[0]?.values ?? [];
	const texts = values.map((value) =>
		value === null ? '' : formatTick(value, figures.unit, figures.language),
	);
	const widest = Math.max(...texts.map((text) => chart.ctx.measureText(text).width));
	if (widest > chart.chartArea.width / texts.length) return;
	chart.ctx.fillStyle = look.ink;
	chart.ctx.textAlign = 'center';
	chart.ctx.textBaseline = 'bottom';
	for (const [index, element] of chart.getDatasetMeta(0).data.entries()) {
		chart.ctx.fillText(texts[index] ?? '', element.x, element.y - look.size * 0.5);
	}
}

function labelLines(chart: Chart, figures: ChartFigures, look: Look): void {
	if (roomForNames(chart.canvas, figures, look) === 0) return;
	const ends = figures.series
		.map((one, index) => ({ name: one.label, index, y: chart.getDatasetMeta(index).data.at(-1)?.y ?? 0 }))
		.sort((first, second) => first.y - second.y);
	chart.ctx.textAlign = 'left';
	chart.ctx.textBaseline = 'middle';
	let lowest = Number.NEGATIVE_INFINITY;
	for (const end of ends) {
		lowest = Math.max(end.y, lowest + look.size * 1.25);
		const start = chart.chartArea.right + look.size * 0.75;
		chart.ctx.fillStyle = look.series[end.index] ?? look.ink;
		chart.ctx.fillRect(start, lowest - 2, look.size * 0.6, 4);
		chart.ctx.fillStyle = look.ink;
		chart.ctx.fillText(end.name, start + look.size * 0.9, lowest);
	}
}
