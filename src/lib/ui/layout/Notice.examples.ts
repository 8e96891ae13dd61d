import { examplesOf, words } from '#lib/ui/examples.ts';
import Notice from './Notice.svelte';

export const examples = examplesOf(Notice, {
	'one sentence': { title: 'Сілтемедегі пікір табылмады. Төменде соңғы пікірлер.' },
	'and what follows': {
		title: 'Пікіріңіз жарияланды',
		children: words('Әкімдік жауап бергенде сізге хат келеді.'),
	},
});
