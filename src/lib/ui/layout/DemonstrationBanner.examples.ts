import { examplesOf } from '#lib/ui/examples.ts';
import DemonstrationBanner from './DemonstrationBanner.svelte';

export const examples = examplesOf(DemonstrationBanner, {
	always: {},
});
