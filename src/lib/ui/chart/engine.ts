/** The only file that knows chart.js; loaded when the first chart comes into view. */
import {
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	LinearScale,
	LineController,
	LineElement,
	PointElement,
	Tooltip,
	type ChartConfiguration,
	type ChartDataset,
	type PointStyle,
} from 'chart.js';
import { directLabels, roomForNames } from './direct-labels.ts';
import { formatTick, type ChartFigures } from './figures.ts';
import { readLook, type Look } from './look.ts';
import { configureRows } from './rows.ts';

Chart.register(
	BarController,
	BarElement,
	CategoryScale,
	LinearScale,
	LineController,
	LineElement,
	PointElement,
	Tooltip,
);

/** Series differ by the shape of their points too, not by colour alone. */
const POINTS: readonly PointStyle[] = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star'];

/** Draws the figures and gives the way to take the drawing down. */
export function drawChart(canvas: HTMLCanvasElement, figures: ChartFigures): () => void {
	const look = readLook(canvas);
	const chart = new Chart(
		canvas,
		figures.type === 'rows' ? configureRows(figures, look) : configure(canvas, figures, look),
	);
	return () => chart.destroy();
}

function configure(
	canvas: HTMLCanvasElement,
	figures: ChartFigures,
	look: Look,
): ChartConfiguration<'bar' | 'line', (number | null)[]> {
	const { type, labels, series, unit, language } = figures;
	return {
		type: type === 'line' ? 'line' : 'bar',
		data: {
			labels: [...labels],
			datasets: series.map((one, index) => drawSeries(type, one.label, [...one.values], index, look)),
		},
		options: {
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			color: look.ink,
			font: { family: look.family, size: look.size },
			layout: { padding: { top: look.size * 1.5, right: roomForNames(canvas, figures, look) } },
			scales: {
				x: {
					grid: { display: false },
					border: { color: look.control },
					ticks: { color: look.inkSecond, font: { family: look.family, size: look.size } },
				},
				y: {
					beginAtZero: true,
					grid: { color: look.line },
					border: { display: false },
					ticks: {
						color: look.inkSecond,
						font: { family: look.family, size: look.size },
						maxTicksLimit: 6,
						callback: (value) => formatTick(Number(value), unit, language),
					},
				},
			},
			plugins: {
				tooltip: {
					backgroundColor: look.ink,
					titleColor: look.paper,
					bodyColor: look.paper,
					titleFont: { family: look.family, size: look.size },
					bodyFont: { family: look.family, size: look.size },
					padding: look.size * 0.75,
					cornerRadius: look.size * 0.4,
					displayColors: series.length > 1,
					callbacks: {
						label: ({ datasetIndex, dataIndex }) => {
							const one = series[datasetIndex];
							return one ? `${one.label}: ${one.cells[dataIndex] ?? ''}` : '';
						},
					},
				},
			},
		},
		plugins: [directLabels(figures, look)],
	};
}

function drawSeries(
	type: ChartFigures['type'],
	label: string,
	data: (number | null)[],
	index: number,
	look: Look,
): ChartDataset<'bar' | 'line', (number | null)[]> {
	const colour = look.series[index % look.series.length] ?? look.ink;
	return {
		label,
		data,
		backgroundColor: colour,
		borderColor: colour,
		...(type === 'line' ? { borderWidth: 2.5 } : { borderRadius: 3 }),
		maxBarThickness: 56,
		pointStyle: POINTS[index % POINTS.length] ?? 'circle',
		pointRadius: 4,
		pointBackgroundColor: look.paper,
	} as ChartDataset<'bar' | 'line', (number | null)[]>;
}
