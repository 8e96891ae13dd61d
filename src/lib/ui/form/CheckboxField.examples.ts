import { examplesOf } from '#lib/ui/examples.ts';
import CheckboxField from './CheckboxField.svelte';

export const examples = examplesOf(CheckboxField, {
	unchecked: { id: 'example-1', name: 'mails', label: 'Жауап келгенде хатпен хабарлаңыз' },
	refused: {
		id: 'example-2',
		name: 'consent',
		label: 'Дербес деректерімді өңдеуге келісемін',
		hint: 'Келісімді кез келген уақытта қайтарып алуға болады.',
		error: 'Келісімсіз тіркеу мүмкін емес.',
	},
});
