import { isLanguage, type Language } from '#lib/domain/base/language.ts';

/**
 * What messages ask for in a browser, put in the place of Paraglide's own module by vite.config.ts: the language is the
 * page's own. Links to the other languages load a new page.
 */
export function getLocale(): Language {
	const { lang } = document.documentElement;
	return isLanguage(lang) ? lang : 'kk';
}

export const experimentalStaticLocale = undefined;
