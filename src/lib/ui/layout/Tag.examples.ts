import { examplesOf } from '#lib/ui/examples.ts';
import Tag from './Tag.svelte';

export const examples = examplesOf(Tag, {
	neutral: { text: 'Жоба' },
	sky: { tone: 'sky', text: 'Дауыс беру жүріп жатыр' },
	good: { tone: 'good', text: 'Орындалды' },
	bad: { tone: 'bad', text: 'Мерзімі 2 күн өтті' },
	wait: { tone: 'wait', text: 'Қаралуда' },
	ochre: { tone: 'ochre', text: 'Көрсетілім' },
});
