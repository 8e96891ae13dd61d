import { isLanguage, type Language } from '#lib/domain/base/language.ts';

export function match(param: string): param is Language {
	return isLanguage(param);
}
