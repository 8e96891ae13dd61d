import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { paraglideOptions } from './scripts/lib/paraglide.mjs';
import { fromRoot } from './scripts/lib/root.mjs';

/**
 * Paraglide works the language out of the address, with a polyfill of URLPattern on every page: 7 kB, packed. The page
 * knows it already.
 */
const languageOfThePage: Plugin = {
	name: 'language-of-the-page',
	enforce: 'pre',
	apply: 'build',
	applyToEnvironment: (environment) => environment.name === 'client',
	resolveId(source, importer) {
		if (source !== '../runtime.js' || !importer?.includes('/src/lib/paraglide/messages/')) return null;
		return fromRoot('src', 'lib', 'i18n', 'page-language.ts');
	},
};

export default defineConfig({
	plugins: [languageOfThePage, paraglideVitePlugin(paraglideOptions), sveltekit()],
	build: {
		rollupOptions: {
			output: {
				// The whole design system is one small stylesheet: thirty of them cost a slow line more than their bytes, and in
				// one file the cascade's layers are named before they are used.
				codeSplitting: {
					groups: [{ name: 'ui', test: /\/src\/lib\/ui\/.*(?:\.css$|type=style)/ }],
				},
			},
		},
	},
	test: {
		// Loading the modules anew for each file would cost more than the tests themselves. A test that needs other modules
		// loads them itself; what a file leaves behind in them is a fault of that file.
		isolate: false,
		// One waits for a clock or a database while the other works.
		maxWorkers: 2,
		projects: [
			{
				extends: true,
				test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'] },
			},
			{
				extends: true,
				test: {
					name: 'db',
					environment: 'node',
					include: ['tests/db/**/*.test.ts', 'tests/security/**/*.test.ts'],
					globalSetup: ['tests/support/global-setup.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000,
				},
			},
		],
	},
});
