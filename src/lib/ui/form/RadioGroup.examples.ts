import { examplesOf } from '#lib/ui/examples.ts';
import RadioGroup from './RadioGroup.svelte';

export const examples = examplesOf(RadioGroup, {
	'with hints': {
		id: 'example-1',
		name: 'status',
		label: 'Шешім',
		value: 'accepted',
		choices: [
			{ value: 'accepted', label: 'Қабылданды', hint: 'Ұсыныс бюджетке енгізіледі.' },
			{ value: 'declined', label: 'Қабылданбады', hint: 'Себебін жауапта жазыңыз.' },
		],
	},
	refused: {
		id: 'example-2',
		name: 'language',
		label: 'Хаттардың тілі',
		error: 'Тілді таңдаңыз.',
		choices: [
			{ value: 'kk', label: 'Қазақша' },
			{ value: 'ru', label: 'Русский' },
		],
	},
});
