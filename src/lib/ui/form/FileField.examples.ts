import { examplesOf } from '#lib/ui/examples.ts';
import FileField from './FileField.svelte';

export const examples = examplesOf(FileField, {
	empty: { id: 'example-1', name: 'list', label: 'Тізім файлы', accept: '.csv' },
	refused: {
		id: 'example-2',
		name: 'list',
		label: 'Тізім файлы',
		accept: '.csv',
		hint: 'CSV файлы: ЖСН және аудан.',
		error: 'Файлды таңдаңыз.',
	},
});
