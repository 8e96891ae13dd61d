import { examplesOf } from '#lib/ui/examples.ts';
import CountTable from './CountTable.svelte';

export const examples = examplesOf(CountTable, {
	'votes by line, some kept back': {
		caption: 'Жолдар бойынша дауыстар',
		nameHead: 'Бюджет жолы',
		countHead: 'Дауыс',
		language: 'kk',
		rows: [
			{ key: '04', name: 'Білім беру', href: '/kk/demo/budget/2026/04', count: 1234 },
			{
				key: '09',
				name: 'Отын-энергетика кешені және жер қойнауын пайдалану',
				href: '/kk/demo/budget/2026/09',
				count: 310,
				note: '2026 жылғы 15 қараша',
			},
			{ key: '02', name: 'Оборона', lang: 'ru', href: null, count: null },
		],
	},
	'nothing told': {
		caption: 'Голоса по строкам',
		nameHead: 'Строка бюджета',
		countHead: 'Голоса',
		language: 'ru',
		rows: [{ key: '04', name: 'Образование', href: null, count: null }],
	},
});
