import { examplesOf } from '#lib/ui/examples.ts';
import ErrorSummary from './ErrorSummary.svelte';

export const examples = examplesOf(ErrorSummary, {
	'two fields and the form': {
		problems: [
			{ field: 'email', text: 'Электрондық поштаны жазыңыз.' },
			{ field: 'password', text: 'Құпиясөз кемінде 12 таңбадан тұруы керек.' },
			{ field: null, text: 'Тым көп әрекет жасалды. Он минуттан кейін қайталаңыз.' },
		],
	},
});
