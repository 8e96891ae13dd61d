import { readFile } from 'node:fs/promises';
import { LANGUAGES, type Language } from '#lib/domain/base/language.ts';
import { fromRoot } from '#scripts/lib/root.mjs';

type Catalogue = Readonly<Record<string, unknown>>;

const catalogues = new Map<Language, Catalogue>();
for (const language of LANGUAGES) {
	const text = await readFile(fromRoot('messages', `${language}.json`), 'utf8');
	catalogues.set(language, JSON.parse(text) as Catalogue);
}

const KEY = /\b[a-z]+(?:_[a-z0-9]+)+\b/g;
const keys = new Set(Object.keys(catalogues.get('kk') ?? {}));

/** Letters by which a text shows that it is in another language than its page. Nothing tells a Russian word in Kazakh. */
const FOREIGN_LETTERS: Readonly<Record<Language, RegExp | null>> = {
	kk: null,
	ru: /[әғқңөұүһі]/iu,
	en: /\p{Script=Cyrillic}/u,
};

/** Proper names keep their letters in every language and need no mark (WCAG 2.2, 3.1.2). */
const NAMES = ['Ортақ бюджет', 'Жетісу', 'Айгүл'];

/** Names of messages that stand where their texts should. */
export function findKeys(text: string): string[] {
	return (text.match(KEY) ?? []).filter((word) => keys.has(word));
}

/** Tells whether a text that passes for one of this language is of another: by its letters, or as a message of that one. */
export function isForeign(text: string, language: Language): boolean {
	const rest = NAMES.reduce((left, name) => left.replaceAll(name, ''), text);
	return FOREIGN_LETTERS[language]?.test(rest) === true || (rest !== '' && foreignTo(language).has(text));
}

const foreign = new Map<Language, ReadonlySet<string>>();

/** What pages say in the other languages, and never in this one. */
function foreignTo(language: Language): ReadonlySet<string> {
	const known = foreign.get(language);
	if (known !== undefined) return known;
	const others = LANGUAGES.filter((other) => other !== language).flatMap(textsIn);
	const own = new Set(textsIn(language));
	const found = new Set(others.filter((text) => !own.has(text)));
	foreign.set(language, found);
	return found;
}

function textsIn(language: Language): string[] {
	return Object.values(catalogues.get(language) ?? {}).filter((text) => typeof text === 'string');
}
