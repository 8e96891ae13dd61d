import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import { breakName, formatTick, type ChartFigures } from './figures.ts';
import type { Look } from './look.ts';

/** Of a row, from the top: two lines for the name, one for the bar. */
const LINES = 2;
const LINE_HEIGHT = 1.25;
/** Between a name and its bar, in sizes of the letters. */
const GAP = 0.15;

/**
 * Bars that lie, one below the other, each under its name and before its figure: long names need the whole width, on a
 * phone above all. One series.
 */
export function configureRows(
	figures: ChartFigures,
	look: Look,
): ChartConfiguration<'bar', (number | null)[], string> {
	const values = [...(figures.series[0]?.values ?? [])];
	// Empty series keep the place above the bar for the name.
	const room = Array.from({ length: LINES }, () => ({ data: values.map(() => null) }));
	const bars = { data: values, backgroundColor: look.series[0] ?? look.ink, borderRadius: 3 };
	return {
		type: 'bar',
		data: { labels: [...figures.labels], datasets: [...room, bars] },
		options: {
			indexAxis: 'y',
			animation: false,
			maintainAspectRatio: false,
			// Nothing is hidden behind a pointer: name and figure are written out.
			events: [],
			layout: { padding: { right: look.size * 4 } },
			scales: { x: { display: false, beginAtZero: true }, y: { display: false } },
			datasets: { bar: { categoryPercentage: 0.92, barPercentage: 0.9 } },
		},
		plugins: [names(figures, look), amounts(figures, look)],
	};
}

/** The name above each bar, cut after two lines; the table has it whole. */
function names(figures: ChartFigures, look: Look): Plugin<'bar'> {
	return {
		id: 'names',
		afterDatasetsDraw({ ctx, chartArea, width, scales }: Chart): void {
			const step = chartArea.height / figures.labels.length;
			ctx.save();
			ctx.font = `${look.size}px ${look.family}`;
			ctx.fillStyle = look.ink;
			ctx.textBaseline = 'bottom';
			for (const [index, name] of figures.labels.entries()) {
				const lines = breakName(name, (line) => ctx.measureText(line).width <= width, LINES);
				const bar =
					(scales['y']?.getPixelForValue(index) ?? 0) -
					step / 2 +
					(step * LINES) / (LINES + 1) -
					look.size * GAP;
				for (const [line, text] of lines.entries()) {
					ctx.fillText(text, chartArea.left, bar - (lines.length - 1 - line) * look.size * LINE_HEIGHT);
				}
			}
			ctx.restore();
		},
	};
}

/** The figure behind each bar: nobody has to read it off an axis, so there is none. */
function amounts(figures: ChartFigures, look: Look): Plugin<'bar'> {
	return {
		id: 'amounts',
		afterDatasetsDraw(chart: Chart): void {
			const { ctx } = chart;
			const values = figures.series[0]?.values ?? [];
			ctx.save();
			ctx.font = `600 ${look.size}px ${look.family}`;
			ctx.fillStyle = look.ink;
			ctx.textBaseline = 'middle';
			for (const [index, bar] of chart.getDatasetMeta(LINES).data.entries()) {
				const value = values[index] ?? null;
				const text = value === null ? '' : formatTick(value, figures.unit, figures.language);
				ctx.fillText(text, bar.x + look.size * 0.5, bar.y);
			}
			ctx.restore();
		},
	};
}
