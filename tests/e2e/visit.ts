import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { isLanguage, type Language } from '#lib/domain/base/language.ts';
import { fromRoot } from '#scripts/lib/root.mjs';
import { expect, test } from '#tests/support/fixtures.ts';

/** WCAG 2.2, levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const KEY = /\b[a-z]+(?:_[a-z0-9]+)+\b/g;
const keys = new Set(
	Object.keys(JSON.parse(await readFile(fromRoot('messages', 'kk.json'), 'utf8')) as object),
);

/** Letters by which a text shows that it is in another language than its page. Nothing tells a Russian word in Kazakh. */
const FOREIGN: Readonly<Record<Language, string | null>> = {
	kk: null,
	ru: '[әғқңөұүһіӘҒҚҢӨҰҮҺІ]',
	en: '\\p{Script=Cyrillic}',
};

/** Proper names keep their letters in every language and need no mark (WCAG 2.2, 3.1.2). */
const NAMES = ['Ортақ бюджет', 'Жетісу', 'Айгүл'];

/** Opens a page as by typing its address, and looks at it as `inspect` does. */
export async function visit(page: Page, path: string, status = 200): Promise<void> {
	const answer = await page.goto(path);
	expect(answer?.status(), path).toBe(status);
	await inspect(page);
}

/**
 * What is asked of every page, however one got there: its language is named, on foreign passages too; every text is
 * translated; one heading; links within it arrive; nothing stands outside the screen; no fault that axe knows.
 */
export async function inspect(page: Page): Promise<void> {
	const { pathname } = new URL(page.url());
	await test.step(`look at ${pathname}`, async () => {
		const language = pathname.split('/')[1] ?? '';
		if (!isLanguage(language)) throw new Error(`a page without a language in its address: ${pathname}`);
		const seen = await page.evaluate(readPage, { foreign: FOREIGN[language], names: NAMES });
		const untranslated = (seen.texts.match(KEY) ?? []).filter((word) => keys.has(word));
		expect.soft({ ...seen, texts: '', untranslated }, pathname).toEqual({
			language,
			titled: true,
			headings: 1,
			hidden: 0,
			unmarked: [],
			lost: [],
			texts: '',
			untranslated: [],
		});
		// Without scripts the markup is the same, and a script of axe does not live there reliably.
		if (test.info().project.name === 'no-javascript') return;
		const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
		const { violations } = await axe.withTags(RULES).analyze();
		expect
			.soft(
				violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) })),
				pathname,
			)
			.toEqual([]);
	});
}

/** Runs in the page. */
function readPage({ foreign, names }: { foreign: string | null; names: readonly string[] }) {
	const root = document.documentElement;
	const spoken = ['aria-label', 'title', 'alt', 'placeholder', 'content'].flatMap((name) =>
		[...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
	);
	const unmarked: string[] = [];
	if (foreign !== null) {
		const letters = new RegExp(foreign, 'u');
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const text = names.reduce((rest, name) => rest.replaceAll(name, ''), node.textContent?.trim() ?? '');
			const parent = node.parentElement;
			if (!letters.test(text) || parent === null || parent.closest('script, style')) continue;
			if (parent.closest('[lang]') === root) unmarked.push(text.slice(0, 80));
		}
	}
	return {
		language: root.lang,
		titled: document.title.trim() !== '',
		headings: document.querySelectorAll('h1').length,
		/** Pixels of the page that lie to the side of the screen. */
		hidden: Math.max(0, root.scrollWidth - root.clientWidth),
		unmarked,
		lost: [...document.querySelectorAll('a[href^="#"]')]
			.map((link) => decodeURIComponent(link.getAttribute('href') ?? '').slice(1))
			.filter((id) => document.getElementById(id) === null),
		texts: [document.title, document.body.innerText, ...spoken].join('\n'),
	};
}
