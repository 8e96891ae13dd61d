import type { Chart, Plugin } from 'chart.js';
import { formatTick, type ChartFigures } from './figures.ts';
import type { Look } from './look.ts';

/** The figure over each bar of a single series, so that nobody has to read it off the axis. Left out where bars are narrow. */
export function directLabels(figures: ChartFigures, look: Look): Plugin {
	return {
		id: 'direct-labels',
		afterDatasetsDraw(chart: Chart): void {
			const only = figures.series.length === 1 ? figures.series[0] : undefined;
			if (!only) return;
			const texts = only.values.map((value) =>
				value === null ? '' : formatTick(value, figures.unit, figures.language),
			);
			const { ctx } = chart;
			ctx.save();
			ctx.font = `600 ${look.size}px ${look.family}`;
			ctx.fillStyle = look.ink;
			ctx.textAlign = 'center';
			ctx.textBaseline = 'bottom';
			const widest = Math.max(...texts.map((text) => ctx.measureText(text).width));
			if (widest < chart.chartArea.width / texts.length) {
				for (const [index, element] of chart.getDatasetMeta(0).data.entries()) {
					const gap = look.size * 0.5;
					ctx.fillText(texts[index] ?? '', element.x, element.y - gap);
				}
			}
			ctx.restore();
		},
	};
}
