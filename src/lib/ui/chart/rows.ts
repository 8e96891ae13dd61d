import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import { breakName, formatTick, type ChartFigures } from './figures.ts';
import type { Look } from './look.ts';

/** Letters in a line of a name, where the drawing is narrow and where it is not. */
const LETTERS_NARROW = 17;
const LETTERS_WIDE = 38;
const NARROW_PX = 560;

/** Bars that lie, one below the other, each with its name before it and its figure behind it. One series. */
export function configureRows(
	canvas: HTMLCanvasElement,
	figures: ChartFigures,
	look: Look,
): ChartConfiguration<'bar', (number | null)[], string[]> {
	const letters = canvas.clientWidth < NARROW_PX ? LETTERS_NARROW : LETTERS_WIDE;
	const font = { family: look.family, size: look.size };
	return {
		type: 'bar',
		data: {
			labels: figures.labels.map((name) => breakName(name, letters)),
			datasets: figures.series.map(({ label, values }) => ({
				label,
				data: [...values],
				backgroundColor: look.series[0] ?? look.ink,
				borderRadius: 3,
				maxBarThickness: 22,
			})),
		},
		options: {
			indexAxis: 'y',
			animation: false,
			maintainAspectRatio: false,
			events: [],
			layout: { padding: { right: look.size * 4 } },
			scales: {
				x: { display: false, beginAtZero: true },
				y: {
					grid: { display: false },
					border: { color: look.control },
					ticks: { autoSkip: false, color: look.ink, font },
				},
			},
		},
		plugins: [figuresBehind(figures, look)],
	};
}

/** The figure behind each bar: nobody has to read it off an axis, so there is none. */
function figuresBehind(figures: ChartFigures, look: Look): Plugin<'bar'> {
	return {
		id: 'figures-behind',
		afterDatasetsDraw(chart: Chart): void {
			const { ctx } = chart;
			const values = figures.series[0]?.values ?? [];
			ctx.save();
			ctx.font = `600 ${look.size}px ${look.family}`;
			ctx.fillStyle = look.ink;
			ctx.textAlign = 'left';
			ctx.textBaseline = 'middle';
			for (const [index, bar] of chart.getDatasetMeta(0).data.entries()) {
				const value = values[index] ?? null;
				const text = value === null ? '' : formatTick(value, figures.unit, figures.language);
				ctx.fillText(text, bar.x + look.size * 0.5, bar.y);
			}
			ctx.restore();
		},
	};
}
