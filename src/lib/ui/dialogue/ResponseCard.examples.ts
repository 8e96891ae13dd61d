import { examplesOf } from '#lib/ui/examples.ts';
import ResponseCard from './ResponseCard.svelte';

export const examples = examplesOf(ResponseCard, {
	'in both languages': {
		from: 'Астана қаласының әкімдігі',
		when: { iso: '2026-11-18', text: '18.11.2026' },
		status: 'accepted' as const,
		texts: [
			{ language: 'kk' as const, text: 'Жыл соңына дейін екі балабақша ашылады, құжаттары қоса берілді.' },
			{ language: 'ru' as const, text: 'До конца года откроются два детских сада, документы приложены.' },
		],
		note: '9 жұмыс күнінде жауап берді',
	},
	declined: {
		from: 'Акимат города Астаны',
		when: { iso: '2026-11-18', text: '18.11.2026' },
		status: 'declined',
		texts: [{ language: 'ru', text: 'Работы не предусмотрены.\nОни начнутся после утверждения проекта.' }],
	},
});
