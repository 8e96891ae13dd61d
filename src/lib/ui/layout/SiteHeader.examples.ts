import { examplesOf } from '#lib/ui/examples.ts';
import SiteHeader from './SiteHeader.svelte';

export const examples = examplesOf(SiteHeader, {
	'in a city': {
		language: 'kk',
		city: { slug: 'astana', name: 'Астана' },
		current: 'budget',
		account: null,
		path: '/astana',
	},
	'signed in, longest names': {
		language: 'ru',
		city: { slug: 'oskemen', name: 'Усть-Каменогорск' },
		current: 'consultations',
		account: {
			displayName: 'Нұрсұлтан Әбдірахманов',
			office: [{ slug: 'oskemen', name: 'Усть-Каменогорск' }],
			administers: true,
		},
		path: '/oskemen/consultations',
	},
	'outside a city': { language: 'en', city: null, current: null, account: null, path: '' },
});
