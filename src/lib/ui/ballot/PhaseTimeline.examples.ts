import { examplesOf } from '#lib/ui/examples.ts';
import PhaseTimeline from './PhaseTimeline.svelte';

export const examples = examplesOf(PhaseTimeline, {
	voting: {
		label: 'Талқылау кезеңдері',
		phases: [
			{ key: 'preparation', label: 'Дайындық', dates: '2026 жылғы 1–14 қазан', state: 'past' },
			{ key: 'discussion', label: 'Талқылау', dates: '2026 жылғы 15 қазан – 20 қараша', state: 'past' },
			{
				key: 'voting',
				label: 'Дауыс беру',
				dates: '2026\u00a0жылғы 21\u00a0қараша – 12\u00a0желтоқсан',
				state: 'current',
			},
			{ key: 'counting', label: 'Санау', dates: '2026 жылғы 13–15 желтоқсан', state: 'coming' },
			{ key: 'answering', label: 'Жауап беру', dates: '2027 жылғы 15 қаңтарға дейін', state: 'coming' },
		],
	},
});
