import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.test.ts',
	outputDir: 'test-results',
	globalSetup: './tests/support/global-setup.ts',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	// A whole story on a busy machine; nothing waits this long on an idle one.
	timeout: 180_000,
	expect: { timeout: 15_000 },
	use: {
		// Pictures of every step would cost more than the tests themselves.
		trace: { mode: 'retain-on-failure', snapshots: true, screenshots: false, sources: false },
		screenshot: 'only-on-failure',
		timezoneId: 'Asia/Almaty',
		viewport: { width: 1280, height: 800 },
	},
	// Every test runs on a desktop; its tags say where it runs once more.
	projects: [
		{ name: 'desktop' },
		{
			name: 'phone',
			grep: /@phone/,
			use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
		},
		{ name: 'no-javascript', grep: /@no-javascript/, use: { javaScriptEnabled: false } },
	],
});
