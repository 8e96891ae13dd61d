import { examplesOf, inside, label, words } from '#lib/ui/examples.ts';
import Button from '#lib/ui/form/Button.svelte';
import Panel from './Panel.svelte';

export const examples = examplesOf(Panel, {
	'with its act': {
		title: '2027 жылы не маңызды? Дауыс беріңіз',
		children: words(
			'Ең көбі 5 жол таңдаңыз. Дауыс беру 12 желтоқсан, 18:00-де аяқталады: <b>18 күн қалды</b>.',
		),
		action: inside(Button, {
			href: '#ballot',
			tone: 'main',
			children: label('Таңдауға өту'),
		}),
	},
	'without an act': { title: 'Дауыс беру аяқталды', children: words('Қорытынды 20 желтоқсанда шығады.') },
});
