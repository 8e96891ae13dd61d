import type { Language } from '#lib/domain/base/language.ts';

type ConsultationText = { readonly title: string; readonly question: string };
export type ConsultationTexts = Readonly<Record<Language, ConsultationText>>;

/** Of a budget that does not exist yet: what should come first. */
export function prioritiesTexts(year: number): ConsultationTexts {
	return {
		kk: {
			title: `${year} жылғы бюджет: не маңызды?`,
			question: `${year} жылы қала қаражатын ең алдымен неге жұмсаған дұрыс? Ең көбі бес бағытты таңдаңыз.`,
		},
		ru: {
			title: `Бюджет ${year} года: что важнее?`,
			question: `На что городу в первую очередь направить деньги в ${year} году? Выберите не больше пяти направлений.`,
		},
		en: {
			title: `The ${year} budget: what matters most?`,
			question: `What should the city spend money on first in ${year}? Choose up to five areas.`,
		},
	};
}

/** Of a year that runs: where more should go when its budget is amended. */
export function amendmentTexts(year: number): ConsultationTexts {
	return {
		kk: {
			title: `${year} жылғы бюджетті нақтылау: нені күшейтеміз?`,
			question:
				'Бюджет нақтыланғанда қосымша қаражат табылса, оны қай бағытқа қосқан дұрыс? Ең көбі бес бағытты таңдаңыз.',
		},
		ru: {
			title: `Уточнение бюджета ${year} года: что усилить?`,
			question:
				'Если при уточнении бюджета найдутся дополнительные средства, куда их направить? Выберите не больше пяти направлений.',
		},
		en: {
			title: `Amending the ${year} budget: where should more go?`,
			question: 'If the amended budget has more to spend, where should it go? Choose up to five areas.',
		},
	};
}
