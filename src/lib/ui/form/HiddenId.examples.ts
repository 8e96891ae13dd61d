import { examplesOf } from '#lib/ui/examples.ts';
import HiddenId from './HiddenId.svelte';

export const examples = examplesOf(HiddenId, {
	'seen by nobody': { id: '0199f3a2-7c51-7d05-9f3e-6a1c2b3d4e5f' },
});
