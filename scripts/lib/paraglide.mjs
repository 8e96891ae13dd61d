/** How messages become code: used by the build and by the checks, so that both see the same addresses. */
export const paraglideOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	strategy: /** @type {('url' | 'baseLocale')[]} */ (['url', 'baseLocale']),
	urlPatterns: [
		{
			pattern: '/:path(.*)?',
			localized: /** @type {[string, string][]} */ ([
				['kk', '/kk/:path(.*)?'],
				['ru', '/ru/:path(.*)?'],
				['en', '/en/:path(.*)?'],
			]),
		},
	],
};
