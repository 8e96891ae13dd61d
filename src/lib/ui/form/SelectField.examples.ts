import { examplesOf } from '#lib/ui/examples.ts';
import SelectField from './SelectField.svelte';

export const examples = examplesOf(SelectField, {
	'with a prompt': {
		id: 'example-1',
		name: 'district',
		label: 'Аудан',
		prompt: 'Ауданды таңдаңыз',
		choices: [
			{ value: 'esil', label: 'Есіл ауданы' },
			{ value: 'saryarqa', label: 'Сарыарқа ауданы' },
		],
	},
	refused: {
		id: 'example-2',
		name: 'line',
		label: 'Бюджет жолы',
		value: '09',
		choices: [{ value: '09', label: 'Отын-энергетика кешені және жер қойнауын пайдалану' }],
		error: 'Бұл жол бюджетте жоқ.',
	},
});
