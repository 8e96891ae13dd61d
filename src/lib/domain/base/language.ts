/** Kazakh first: it is the source language and the fallback. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text in the languages in which it is known; Kazakh names of some classification codes are not. */
export type Translated = Partial<Readonly<Record<Language, string>>>;

/** A text together with the language it is really in, for the `lang` attribute. */
export type Passage = { readonly text: string; readonly language: Language };

export function isLanguage(text: string): text is Language {
	return (LANGUAGES as readonly string[]).includes(text);
}

const FALLBACKS: Readonly<Record<Language, readonly Language[]>> = {
	kk: ['kk', 'ru', 'en'],
	ru: ['ru', 'kk', 'en'],
	en: ['en', 'ru', 'kk'],
};

/** All languages in the order in which they stand in for the wanted one, which comes first. */
export function fallbacksOf(wanted: Language): readonly Language[] {
	return FALLBACKS[wanted];
}

/** The text in the wanted language, else in the next best one; null when there is none at all. */
export function inLanguage(texts: Translated, wanted: Language): Passage | null {
	for (const language of FALLBACKS[wanted]) {
		const text = texts[language];
		if (text) return { text, language };
	}
	return null;
}
