import { LANGUAGES } from '#lib/domain/base/language.ts';
import { expect } from '#tests/support/fixtures.ts';
import { listPages } from '#scripts/access/doors.ts';
import { NOT_SERVED, PAGES, pathsOf, READERS, UNKNOWN } from './pages.ts';
import { test } from './readers.ts';
import { inspectInTheDark, inspectOnAPhone, visit } from './visit.ts';

test('every page is in the list', async () => {
	expect([...Object.keys(PAGES), ...Object.keys(NOT_SERVED)].sort()).toEqual(await listPages());
});

// A walk over twenty pages; what went wrong is told with its page.
test.describe.configure({ timeout: 600_000 });
test.use({ trace: 'off', screenshot: 'off' });

for (const language of LANGUAGES) {
	for (const reader of READERS) {
		test(`what a ${reader} opens, in ${language}`, async ({ sessions, openBrowser }) => {
			const page = await openBrowser(sessions[reader]);
			for (const path of pathsOf(reader)) {
				await visit(page, `/${language}${path}`);
				await inspectOnAPhone(page);
				// Colours are the same in every language.
				if (language === 'kk') await inspectInTheDark(page);
			}
		});
	}

	test(`where there is nothing, in ${language}`, async ({ page }) => {
		for (const path of UNKNOWN) {
			await visit(page, `/${language}${path}`, 404);
			await inspectOnAPhone(page);
		}
	});
}
