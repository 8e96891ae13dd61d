import { examplesOf } from '#lib/ui/examples.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import Amount from './Amount.svelte';

export const examples = examplesOf(Amount, {
	trillions: { amount: tenge(1_361_234_567_890n), language: 'kk' },
	exact: { amount: tenge(831_527n), language: 'ru' },
	negative: { amount: tenge(-40_200_000_000n), language: 'en' },
});
