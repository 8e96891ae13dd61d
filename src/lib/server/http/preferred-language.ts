import { isLanguage, type Language } from '#lib/domain/base/language.ts';

/** The first of our languages in an Accept-Language header, by its weights; Kazakh if none fits. */
export function preferredLanguage(header: string | null): Language {
	const wanted = (header ?? '')
		.split(',', 20)
		.map((part, position) => {
			const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
			const weight = Number(/^\s*q=([01](?:\.\d{1,3})?)$/.exec(parameters[0] ?? '')?.[1] ?? 1);
			return { tag: tag.split('-')[0] ?? '', weight, position };
		})
		.filter(({ weight }) => weight > 0)
		.sort((first, second) => second.weight - first.weight || first.position - second.position);
	return wanted.map(({ tag }) => tag).find(isLanguage) ?? 'kk';
}
