import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { isLanguage } from '#lib/domain/base/language.ts';
import { expect, test } from '#tests/support/fixtures.ts';
import { findKeys, isForeign } from './catalogues.ts';

/** WCAG 2.2, levels A and AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Opens a page as by typing its address, and looks at it as `inspect` does. */
export async function visit(page: Page, path: string, status = 200): Promise<void> {
	const answer = await page.goto(path);
	expect.soft(answer?.status(), path).toBe(status);
	await inspect(page);
}

/**
 * What is asked of every page, however one got there: its language is named, on foreign passages too; every text is
 * translated; one heading; links within it arrive; nothing stands outside the screen; and, where it is in Kazakh, no
 * fault that axe knows.
 */
export async function inspect(page: Page): Promise<void> {
	const { pathname } = new URL(page.url());
	await test.step(`look at ${pathname}`, async () => {
		const language = pathname.split('/')[1] ?? '';
		if (!isLanguage(language)) throw new Error(`a page without a language in its address: ${pathname}`);
		const { passages, ...seen } = await page.evaluate(readPage);
		const unmarked = passages.filter(({ isOwn, text }) => isOwn && isForeign(text, language));
		expect
			.soft(
				{
					...seen,
					unmarked: unmarked.map(({ text }) => text.slice(0, 80)),
					untranslated: passages.flatMap(({ text }) => findKeys(text)),
				},
				pathname,
			)
			.toEqual({
				language,
				titled: true,
				headings: 1,
				hidden: 0,
				lost: [],
				unmarked: [],
				untranslated: [],
			});
		// Markup and colours are the same in every language; only the words differ, and those are read above.
		if (language === 'kk') await expectAccessible(page, (axe) => axe.withTags(WCAG));
	});
}

/** The page once more, with the eyes of somebody who has set their screen to dark. */
export async function inspectInTheDark(page: Page): Promise<void> {
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectAccessible(page, (axe) => axe.withRules('color-contrast'));
	await page.emulateMedia({ colorScheme: null });
}

const PHONE_WIDTH = 360;

/** The page once more, on a screen so narrow: nothing lies to the side of it. */
export async function inspectOnAPhone(page: Page): Promise<void> {
	const before = page.viewportSize();
	if (before === null) throw new Error('a window without a size');
	await page.setViewportSize({ width: PHONE_WIDTH, height: 740 });
	// A chart follows its frame a moment later.
	await expect.soft
		.poll(() => page.evaluate(() => document.documentElement.scrollWidth), page.url())
		.toBe(PHONE_WIDTH);
	await page.setViewportSize(before);
}

async function expectAccessible(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
	// Without scripts the markup is the same, and a script of axe does not live there reliably.
	if (test.info().project.name === 'no-javascript') return;
	const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
	const { violations } = await choose(axe).analyze();
	const faults = violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }));
	expect.soft(faults, page.url()).toEqual([]);
}

/** Runs in the page. */
function readPage() {
	const root = document.documentElement;
	const isOwn = (element: Element | null) => element?.closest('[lang]') === root;
	const passages = [{ text: document.title, isOwn: true }];
	for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'content']) {
		for (const element of document.querySelectorAll(`[${name}]`)) {
			passages.push({ text: element.getAttribute(name) ?? '', isOwn: isOwn(element) });
		}
	}
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
		const text = node.textContent?.trim() ?? '';
		const parent = node.parentElement;
		if (text !== '' && !parent?.closest('script, style, noscript')) {
			passages.push({ text, isOwn: isOwn(parent) });
		}
	}
	return {
		language: root.lang,
		titled: document.title.trim() !== '',
		headings: document.querySelectorAll('h1').length,
		/** Pixels of the page that lie to the side of the screen. */
		hidden: Math.max(0, root.scrollWidth - root.clientWidth),
		lost: [...document.querySelectorAll('a[href^="#"]')]
			.map((link) => decodeURIComponent(link.getAttribute('href') ?? '').slice(1))
			.filter((id) => document.getElementById(id) === null),
		passages,
	};
}
