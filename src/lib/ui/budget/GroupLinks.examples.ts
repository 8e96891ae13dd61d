import { examplesOf } from '#lib/ui/examples.ts';
import GroupLinks from './GroupLinks.svelte';

export const examples = examplesOf(GroupLinks, {
	'one known in another language only': {
		language: 'kk',
		groups: [
			{ code: '04', name: { text: 'Білім беру', language: 'kk' }, href: '#04' },
			{
				code: '09',
				name: { text: 'Отын-энергетика кешені және жер қойнауын пайдалану', language: 'kk' },
				href: '#09',
			},
			{ code: '15', name: { text: 'Трансферты', language: 'ru' }, href: '#15' },
		],
	},
});
