import { shareInThousandths, tenge } from '#lib/domain/base/tenge.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import type { BarRow } from './bar-rows.ts';
import BarTable from './BarTable.svelte';

const WHOLE = 1_273_987_654_321n;

function row(key: string, name: string, amount: bigint, perResident: bigint, comments = 0): BarRow {
	return {
		key,
		name,
		href: `#${key}`,
		amount: tenge(amount),
		share: shareInThousandths(tenge(amount), tenge(WHOLE)),
		perResident: tenge(perResident),
		comments,
	};
}

const rows: readonly BarRow[] = [
	row('04', 'Білім беру', 365_195_123_456n, 222_919n, 7),
	row('07', 'Тұрғын үй-коммуналдық шаруашылық', 301_502_000_000n, 184_035n, 5),
	row('12', 'Көлік және коммуникация', 161_100_000_000n, 98_325n, 3),
	row('09', 'Отын-энергетика кешені және жер қойнауын пайдалану', 106_300_000_000n, 64_911n),
	row('15', 'Трансферттер', 77_300_000_000n, 47_156n),
	row('06', 'Әлеуметтік көмек және әлеуметтік қамсыздандыру', 47_900_000_000n, 29_228n, 1284),
	{ ...row('rest', 'Қалған 7 топ', 128_200_000_000n, 78_233n), href: null, rest: true },
];

export const examples = examplesOf(BarTable, {
	'in Kazakh': { caption: 'Ақша қайда жұмсалды', language: 'kk', rows },
	'in Russian, with what is not known': {
		caption: 'Куда ушли деньги',
		language: 'ru',
		rows: [
			...rows.slice(0, 3).map((one) => ({ ...one, lang: 'kk' as const })),
			{
				...row('x', 'Без направления', 12_000_000n, 0n),
				href: null,
				perResident: null,
				share: null,
			},
		],
	},
});
