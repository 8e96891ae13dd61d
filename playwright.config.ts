import { defineConfig } from '@playwright/test';

const STORIES = '**/stories/*.test.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.test.ts',
	outputDir: 'test-results',
	globalSetup: './tests/support/global-setup.ts',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	use: {
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		timezoneId: 'Asia/Almaty',
		viewport: { width: 1280, height: 800 },
	},
	projects: [
		{ name: 'desktop' },
		{ name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
		{ name: 'no-javascript', testMatch: STORIES, use: { javaScriptEnabled: false } },
	],
});
