import { parseInstant } from '#lib/domain/base/time.ts';
import type { ResponseRevision } from '#lib/domain/dialogue/thread.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import ResponseCard from './ResponseCard.svelte';

const underReview: ResponseRevision = {
	revision: 1,
	status: 'under_review',
	publishedAt: parseInstant('2026-11-10T05:00:00.000Z'),
	texts: [
		{ language: 'kk', body: 'Сұрағыңыз білім басқармасына жіберілді.', legalBasis: null, complaint: null },
		{ language: 'ru', body: 'Вопрос направлен в управление образования.', legalBasis: null, complaint: null },
	],
};

export const accepted: ResponseRevision = {
	revision: 2,
	status: 'accepted',
	publishedAt: parseInstant('2026-11-18T05:00:00.000Z'),
	texts: [
		{
			language: 'kk',
			body: 'Жыл соңына дейін екі балабақша ашылады, құжаттары қоса берілді.',
			legalBasis: null,
			complaint: null,
		},
		{
			language: 'ru',
			body: 'До конца года откроются два детских сада, документы приложены.',
			legalBasis: null,
			complaint: null,
		},
	],
};

const declined: ResponseRevision = {
	revision: 1,
	status: 'declined',
	publishedAt: parseInstant('2026-11-18T05:00:00.000Z'),
	texts: [
		{
			language: 'kk',
			body: 'Жұмыс бұл жылы көзделмеген.\nОл жоба бекітілгеннен кейін басталады.',
			legalBasis: 'Қазақстан Республикасы Бюджет кодексінің 70-бабы.',
			complaint: 'Шағымды осы жауапты берген орган арқылы жоғары тұрған органға беруге болады.',
		},
		{
			language: 'ru',
			body: 'Работы в этом году не предусмотрены.\nОни начнутся после утверждения проекта.',
			legalBasis: 'Статья 70 Бюджетного кодекса Республики Казахстан.',
			complaint: 'Жалобу можно подать в вышестоящий орган через орган, давший этот ответ.',
		},
	],
};

const asked = {
	askedAt: parseInstant('2026-11-05T10:00:00.000Z'),
	timeZone: 'Asia/Almaty',
};

export const examples = examplesOf(ResponseCard, {
	'in Kazakh, then changed': {
		...asked,
		from: 'Астана қаласының әкімдігі',
		revisions: [accepted, underReview] as const,
		language: 'kk' as const,
	},
	'declined, for a reader of Russian': {
		...asked,
		from: 'Акимат города Астаны',
		revisions: [declined] as const,
		language: 'ru' as const,
	},
});
