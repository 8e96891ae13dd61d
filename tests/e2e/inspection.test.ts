import { test } from '#tests/support/fixtures.ts';
import { visit } from './visit.ts';

for (const path of ['/kk', '/kk/taldykorgan', '/kk/taraz']) {
	test(`${path} is accessible, in its language and not wider than its window`, async ({ page }) => {
		await visit(page, path);
	});
}
