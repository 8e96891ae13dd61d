import { readFile } from 'node:fs/promises';
import { fromRoot } from '../lib/root.mjs';
import { readSources } from './source-files.ts';

const LANGUAGES = ['kk', 'ru', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
type Messages = Readonly<Record<string, unknown>>;

/** A message is a text, or a list of variants with texts inside. */
function textsOf(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	const variants = Array.isArray(message) ? (message as unknown[]) : [];
	return variants.flatMap((variant) => {
		const { match } = (variant ?? {}) as { match?: Record<string, string> };
		return Object.values(match ?? {});
	});
}

function inputsOf(message: unknown): string {
	const names = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]));
	return [...new Set(names)].sort().join(', ');
}

/** What is left to translate: without inputs, marks, figures and the name of the thing itself. */
function wordsOf(message: unknown): string {
	return textsOf(message)
		.join('\n')
		.replace(/\{\w+\}/g, '')
		.replace(/[^\p{L}\s]/gu, '')
		.trim();
}

/** Every message in three languages, used, translated, with the same inputs, in one order and one alphabet a word. */
export async function findMessageFaults(): Promise<string[]> {
	const files = await Promise.all(
		LANGUAGES.map(async (language): Promise<[Language, Messages]> => {
			const text = await readFile(fromRoot('messages', `${language}.json`), 'utf8');
			return [language, JSON.parse(text) as Messages];
		}),
	);
	const messages = Object.fromEntries(files) as Record<Language, Messages>;
	const keys = [...new Set(LANGUAGES.flatMap((language) => Object.keys(messages[language])))].filter(
		(key) => key !== '$schema',
	);
	const used = await readUsedKeys();
	return [
		...keys.flatMap((key) => [
			...missing(key, messages),
			...unequalInputs(key, messages),
			...untranslated(key, messages),
			...mixedAlphabets(key, messages),
			...(used.has(key) ? [] : [`messages: ${key} is not used`]),
		]),
		...LANGUAGES.flatMap((language) => unordered(language, messages[language])),
	];
}

async function readUsedKeys(): Promise<Set<string>> {
	const sources = await readSources('src', ['.ts', '.svelte']);
	const found = sources.flatMap(({ text }) =>
		[...text.matchAll(/\bm\s*\.\s*(\w+)/g)].map((match) => match[1]),
	);
	return new Set(found.filter((key) => key !== undefined));
}

function missing(key: string, messages: Record<Language, Messages>): string[] {
	return LANGUAGES.filter((language) => wordless(messages[language][key])).map(
		(language) => `messages/${language}.json: ${key} is missing or empty`,
	);
}

function wordless(message: unknown): boolean {
	const texts = textsOf(message);
	return texts.length === 0 || texts.some((text) => text.trim() === '');
}

function unequalInputs(key: string, messages: Record<Language, Messages>): string[] {
	const [kk, ...others] = LANGUAGES.map((language) => inputsOf(messages[language][key]));
	return others.every((inputs) => inputs === kk)
		? []
		: [`messages: ${key} takes other inputs in other languages (${[kk, ...others].join(' | ')})`];
}

/** Texts that are the same in two languages, being names or words that both have. */
const SHARED: ReadonlySet<string> = new Set([
	...['ortaq budget', 'ортақ бюджет', 'csv', 'excel', 'pdf', 'api', 'json', 'english', 'русский', 'қазақша'],
	...['бюджет', 'код', 'модератор', 'статистика', 'профицит'],
]);

function untranslated(key: string, messages: Record<Language, Messages>): string[] {
	const pairs = [
		['kk', 'ru'],
		['kk', 'en'],
		['ru', 'en'],
	] as const;
	return pairs
		.filter(([first, second]) => {
			const words = wordsOf(messages[first][key]).toLowerCase();
			return words !== '' && words === wordsOf(messages[second][key]).toLowerCase() && !SHARED.has(words);
		})
		.map(([first, second]) => `messages: ${key} is the same in ${first} and ${second}: is it translated?`);
}

/** A Latin letter inside a Cyrillic word looks right and is not: і and i, с and c, о and o. */
function mixedAlphabets(key: string, messages: Record<Language, Messages>): string[] {
	return LANGUAGES.flatMap((language) =>
		textsOf(messages[language][key])
			.flatMap((text) => text.replace(/\{\w+\}/g, ' ').split(/[^\p{L}]+/u))
			.filter((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word))
			.map((word) => `messages/${language}.json: ${key} mixes alphabets in one word: ${word}`),
	);
}

function unordered(language: Language, messages: Messages): string[] {
	const keys = Object.keys(messages).filter((key) => key !== '$schema');
	const first = keys.find((key, index) => index > 0 && key < (keys[index - 1] ?? ''));
	return first === undefined ? [] : [`messages/${language}.json: ${first} is out of order; keys are sorted`];
}
