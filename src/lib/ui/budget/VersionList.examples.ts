import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import VersionList from './VersionList.svelte';

export const examples = examplesOf(VersionList, {
	'executed, amended and of a report': {
		language: 'kk',
		shown: 'executed',
		versions: [
			{
				id: 'executed',
				href: '#executed',
				kind: 'executed',
				grade: 'bulletin',
				decidedOn: null,
				expenditures: tenge(1_273_987_654_321n),
				revenues: tenge(1_361_234_567_890n),
			},
			{
				id: 'amended',
				href: '#amended',
				kind: 'amended',
				grade: 'decision',
				decidedOn: parseCivilDate('2024-09-20'),
				expenditures: tenge(1_290_000_000_000n),
				revenues: null,
			},
			{
				id: 'draft',
				href: '#draft',
				kind: 'draft',
				grade: 'report',
				decidedOn: null,
				expenditures: null,
				revenues: null,
			},
		],
	},
});
