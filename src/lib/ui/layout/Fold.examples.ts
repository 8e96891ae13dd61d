import { examplesOf, words } from '#lib/ui/examples.ts';
import Fold from './Fold.svelte';

const children = words('Қала бюджетінің барлық жолы осында тұрады.');

export const examples = examplesOf(Fold, {
	closed: { title: 'Шығындар жол-жолымен', children },
	open: { title: 'Затраты по строкам', open: true, children },
});
