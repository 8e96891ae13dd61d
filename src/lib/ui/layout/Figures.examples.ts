import { examplesOf } from '#lib/ui/examples.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import Figures from './Figures.svelte';

export const examples = examplesOf(Figures, {
	'a budget': {
		language: 'kk',
		figures: [
			{ label: 'Кірістер', value: tenge(1_361_234_567_890n), note: 'бір тұрғынға 831\u00a0527\u00a0₸' },
			{ label: 'Шығындар', value: tenge(1_273_987_654_321n), note: 'бір тұрғынға 777\u00a0746\u00a0₸' },
			{ label: 'Профицит', value: tenge(40_200_000_000n), note: 'кірістің 3,0%' },
		],
	},
	counts: {
		language: 'ru',
		figures: [
			{ label: 'Задано вопросов', value: '1\u00a0204' },
			{ label: 'Отвечено в срок', value: '96\u00a0%', note: '1\u00a0156 ответов' },
			{ label: 'Просрочено', value: '12' },
			{ label: 'Обычно отвечают за', value: '9 рабочих дней' },
		],
	},
});
