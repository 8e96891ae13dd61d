import { tenge } from '#lib/domain/base/tenge.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import CompareTable from './CompareTable.svelte';

export const examples = examplesOf(CompareTable, {
	'three years, one unknown': {
		caption: 'Шығындар жылдар бойынша',
		language: 'kk',
		columns: ['2022', '2023', '2024'],
		rows: [
			{
				key: '04',
				name: 'Білім беру',
				amounts: [tenge(242_000_000_000n), tenge(301_500_000_000n), tenge(365_195_123_456n)],
			},
			{
				key: '09',
				name: 'Отын-энергетика кешені және жер қойнауын пайдалану',
				amounts: [tenge(88_400_000_000n), null, tenge(106_300_000_000n)],
			},
			{ key: '15', name: 'Трансферты', lang: 'ru', amounts: [null, null, tenge(77_300_000_000n)] },
		],
	},
});
