import { examplesOf, words } from '#lib/ui/examples.ts';
import SourceNote from './SourceNote.svelte';

export const examples = examplesOf(SourceNote, {
	'with its links': {
		children: words(
			'Дереккөз: Қаржы министрлігінің статистикалық бюллетені, 2024 жылғы қаңтар–желтоқсан. <a href="#table">Толық кесте</a> · <a href="#csv">CSV</a> · <a href="#mistake">Қате таптым</a>',
		),
	},
});
