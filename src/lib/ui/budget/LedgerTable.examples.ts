import { tenge } from '#lib/domain/base/tenge.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import LedgerTable, { type LedgerRow } from './LedgerTable.svelte';

function row(code: string, name: string, amount: bigint, depth: number, partial = false): LedgerRow {
	return { key: code, code, name, href: `#${code}`, amount: tenge(amount), depth, partial };
}

export const examples = examplesOf(LedgerTable, {
	'a group with what it is made of': {
		caption: 'Отын-энергетика кешені және жер қойнауын пайдалану',
		language: 'kk',
		rows: [
			row('09', 'Отын-энергетика кешені және жер қойнауын пайдалану', 106_300_000_000n, 0, true),
			row(
				'09-371',
				'Астана қаласының отын-энергетика кешені және коммуналдық шаруашылық басқармасы',
				98_765_432_000n,
				1,
			),
			{ ...row('09-371-029', 'Развитие теплоэнергетической системы', 54_321_000_000n, 2), lang: 'ru' },
		],
	},
});
