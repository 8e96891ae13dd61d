import { examplesOf } from '#lib/ui/examples.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import StackedBar from './StackedBar.svelte';

export const examples = examplesOf(StackedBar, {
	'four sources': {
		label: 'Ақша қайдан түсті',
		language: 'kk',
		parts: [
			{ key: 'income-1', name: 'Салықтық түсімдер', href: '#income-1', amount: tenge(999_200_000_000n) },
			{ key: 'income-4', name: 'Трансферттер түсімі', href: '#income-4', amount: tenge(274_600_000_000n) },
			{ key: 'income-2', name: 'Салықтық емес түсімдер', amount: tenge(72_200_000_000n) },
			{ key: 'income-3', name: 'Негізгі капиталды сату', amount: tenge(16_200_000_000n) },
		],
	},
	'six and the rest': {
		label: 'Расходы',
		language: 'ru',
		parts: [
			...[365n, 301n, 161n, 106n, 77n, 47n].map((billions, index) => ({
				key: String(index),
				name: 'Отын-энергетика кешені және жер қойнауын пайдалану',
				lang: 'kk' as const,
				amount: tenge(billions * 1_000_000_000n),
			})),
			{ key: 'rest', name: 'Остальные 9 направлений', amount: tenge(128_200_000_000n), rest: true },
		],
	},
});
