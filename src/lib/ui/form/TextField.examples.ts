import { examplesOf } from '#lib/ui/examples.ts';
import TextField from './TextField.svelte';

export const examples = examplesOf(TextField, {
	empty: { id: 'example-1', name: 'email', label: 'Электрондық пошта', type: 'email', autocomplete: 'email' },
	'with a hint': {
		id: 'example-2',
		name: 'code',
		label: 'Тұрғын коды',
		hint: 'Хаттағы 12 таңба. Бос орындарсыз да жазуға болады.',
		short: true,
		optional: true,
	},
	refused: {
		id: 'example-3',
		name: 'name',
		label: 'Өзіңізді қалай атайсыз?',
		value: 'А',
		hint: 'Пікіріңіздің жанында осы есім тұрады.',
		error: 'Есім кемінде екі әріптен тұруы керек.',
	},
});
