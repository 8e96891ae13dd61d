import { examplesOf, inside } from '#lib/ui/examples.ts';
import ResponseCard from './ResponseCard.svelte';
import CommentCard from './CommentCard.svelte';

export const examples = examplesOf(CommentCard, {
	answered: {
		id: 'comment-1',
		author: 'Айгүл',
		when: { iso: '2026-11-05', text: '05.11.2026' },
		language: 'kk',
		body: 'Есіл ауданында балабақша кезегі неге азаймай тұр?\n2025 жылға қанша орын жоспарланған?',
		about: { href: '#04', label: 'Білім беру' },
		support: '34 адам қосылды',
		children: inside(ResponseCard, {
			from: 'Астана қаласының әкімдігі',
			when: { iso: '2026-11-18', text: '18.11.2026' },
			status: 'accepted' as const,
			texts: [
				{ language: 'kk' as const, text: 'Жыл соңына дейін екі балабақша ашылады, құжаттары қоса берілді.' },
				{ language: 'ru' as const, text: 'До конца года откроются два детских сада, документы приложены.' },
			],
			note: '9 жұмыс күнінде жауап берді',
		}),
	},
	'in another language': {
		id: 'comment-2',
		author: 'Сергей',
		when: { iso: '2026-11-06', text: '06.11.2026' },
		language: 'ru',
		body: 'Когда починят дорогу на Кенесары? В бюджете строка есть, работ не видно.',
	},
});
