import { expect, test } from '#tests/support/fixtures.ts';

for (const [asked, given] of [
	['kk-KZ', '/kk'],
	['ru-RU', '/ru'],
	['en-GB', '/en'],
	['de-DE', '/kk'],
] as const) {
	test.describe(`a browser that asks for ${asked}`, () => {
		test.use({ locale: asked });
		test(`is led to ${given}`, async ({ page }) => {
			await page.goto('/');
			expect(new URL(page.url()).pathname).toBe(given);
		});
	});
}

test('an address for machines answers a browser as well', async ({ page }) => {
	await page.goto('/healthz');
	await expect(page.getByText('ok')).toBeVisible();
});
