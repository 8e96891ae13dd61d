import type { CityId, CommentId } from '#lib/domain/base/ids.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import CommentCard from './CommentCard.svelte';
import { accepted } from './ResponseCard.examples.ts';

const line = {
	cityId: 'astana' as CityId,
	fiscalYear: 2026,
	alias: '04',
	name: { text: 'Білім беру', language: 'kk' as const },
};
const city = { name: 'Астана', akimat: 'Астана қаласының әкімдігі', timeZone: 'Asia/Almaty' };

export const examples = examplesOf(CommentCard, {
	answered: {
		comment: {
			id: '01890000-0000-7000-8000-000000000001' as CommentId,
			authorName: 'Айгүл',
			createdAt: parseInstant('2026-11-05T10:00:00.000Z'),
			language: 'kk' as const,
			body: 'Есіл ауданында балабақша кезегі неге азаймай тұр?\n2025 жылға қанша орын жоспарланған?',
			revisions: [accepted],
		},
		line,
		names: 'line' as const,
		city,
		language: 'kk' as const,
	},
	'waiting, in another language, its author gone': {
		comment: {
			id: '01890000-0000-7000-8000-000000000002' as CommentId,
			authorName: null,
			createdAt: parseInstant('2026-11-06T10:00:00.000Z'),
			language: 'ru' as const,
			body: 'Когда починят дорогу на Кенесары? В бюджете строка есть, работ не видно.',
			revisions: [],
		},
		line,
		city,
		language: 'kk' as const,
	},
});
