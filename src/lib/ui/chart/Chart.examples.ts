import { examplesOf } from '#lib/ui/examples.ts';
import Chart from './Chart.svelte';

export const examples = examplesOf(Chart, {
	'a line over the years': {
		type: 'bar',
		unit: 'tenge',
		language: 'kk',
		caption: 'Білім беруге жұмсалған қаржы төрт жылда екі есе өсті',
		labelHead: 'Жыл',
		labels: ['2021', '2022', '2023', '2024'],
		series: [
			{
				label: 'Білім беру',
				values: [181e9, 242e9, 301.5e9, 365.2e9],
				cells: [
					'181,0\u00a0млрд\u00a0₸',
					'242,0\u00a0млрд\u00a0₸',
					'301,5\u00a0млрд\u00a0₸',
					'365,2\u00a0млрд\u00a0₸',
				],
			},
		],
	},
	'three cities by month': {
		type: 'line',
		unit: 'count',
		language: 'ru',
		caption: 'Комментариев больше всего перед утверждением бюджета',
		labelHead: 'Месяц',
		labels: ['август', 'сентябрь', 'октябрь', 'ноябрь'],
		series: [
			{ label: 'Астана', values: [120, 180, 460, 910], cells: ['120', '180', '460', '910'] },
			{ label: 'Усть-Каменогорск', values: [40, 60, 210, 333], cells: ['40', '60', '210', '333'] },
			{ label: 'Шымкент', values: [80, null, 310, 700], cells: ['80', 'нет данных', '310', '700'] },
		],
		open: true,
	},
	'a vote in rows': {
		type: 'rows',
		unit: 'count',
		language: 'kk',
		caption: 'Бірінші орында – «Білім беру»',
		labelHead: 'Бағыт',
		labels: [
			'1. Білім беру',
			'2. Отын-энергетика кешені және жер қойнауын пайдалану',
			'2. Көлік және коммуникация',
		],
		series: [{ label: 'Дауыс саны', values: [1210, 840, 840], cells: ['1\u00a0210', '840', '840'] }],
		open: true,
	},
});
