import { examplesOf } from '#lib/ui/examples.ts';
import MissingList from './MissingList.svelte';

export const examples = examplesOf(MissingList, {
	'three gaps': {
		missing: [
			{ gap: 'groups_unknown', reason: 'annex_unread', suppliers: ['maslikhat', 'akimat'] },
			{
				gap: 'details_unknown',
				reason: 'portal_stops_at_administrator',
				suppliers: ['akimat', 'open_budgets_portal'],
			},
			{ gap: 'execution_unknown', reason: 'year_not_closed', suppliers: ['akimat'] },
		],
	},
});
