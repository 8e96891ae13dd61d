import { examplesOf } from '#lib/ui/examples.ts';
import StatusTag from './StatusTag.svelte';

export const examples = examplesOf(StatusTag, {
	'under review': { status: 'under_review' },
	accepted: { status: 'accepted' },
	'partly accepted': { status: 'partly_accepted' },
	declined: { status: 'declined' },
	'in progress': { status: 'in_progress' },
	done: { status: 'done' },
});
