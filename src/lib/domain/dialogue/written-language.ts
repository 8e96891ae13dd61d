import type { Language } from '../base/language.ts';

const LATIN = /[A-Za-z]/g;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
/** Letters of the Kazakh alphabet that Russian lacks; in running Kazakh about every fifth letter is one of them. */
const KAZAKH = /[әғқңөұүһі]/giu;
const WORD = /\p{L}+/gu;

/** Common Russian words that are not Kazakh ones too (as «не», «он», «от» and «я» are). */
const RUSSIAN_WORDS = new Set(
	'без будет бы был было в вы где для до его если есть за и из или их к как когда кто ли мы на нет но об они по почему при с так только что чтобы это'.split(
		' ',
	),
);

const KAZAKH_SHARE = 0.08;
const LATIN_SHARE = 0.8;
const LETTERS_NEEDED = 8;
/** Longer than any comment may be; what comes after it tells nothing more. */
const LENGTH_READ = 4_000;

/**
 * The language a text is evidently written in; null when it does not tell, as with Kazakh typed on a Russian keyboard
 * or a few words only. A Kazakh street name in a Russian text does not make it Kazakh.
 */
export function guessLanguage(whole: string): Language | null {
	const text = whole.slice(0, LENGTH_READ);
	const latin = count(text, LATIN);
	const cyrillic = count(text, CYRILLIC);
	if (latin + cyrillic < LETTERS_NEEDED) return null;
	if (latin >= (latin + cyrillic) * LATIN_SHARE) return 'en';
	if (count(text, KAZAKH) >= cyrillic * KAZAKH_SHARE) return 'kk';
	return text
		.toLowerCase()
		.match(WORD)
		?.some((word) => RUSSIAN_WORDS.has(word))
		? 'ru'
		: null;
}

/**
 * The language of a comment: what the writer chose. Where the choice still stands as the page had set it, the text
 * itself is asked first: most people write without looking at that field.
 */
export function writtenLanguage(text: string, chosen: Language, preselected: Language): Language {
	return chosen === preselected ? (guessLanguage(text) ?? chosen) : chosen;
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
