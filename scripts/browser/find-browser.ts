import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { Fault } from '../lib/fault.mjs';
import { fromRoot } from '../lib/root.mjs';
import { runProgram } from '../lib/run-program.mjs';

/** How to launch the browser, in Playwright's words. */
export type Browser = {
	readonly executablePath: string;
	readonly args: string[];
	readonly env: Record<string, string>;
};

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
/** Root may not use the sandbox. The second keeps a browser without internet from waiting for it. */
const FLAGS = ['--no-sandbox', '--disable-background-networking'];

/**
 * The first browser found: CHROMIUM_PATH, the system's, Playwright's own, the one inside an npm package.
 * @throws Fault that says what to install.
 */
export async function findBrowser(): Promise<Browser> {
	const given = process.env['CHROMIUM_PATH'];
	if (given) {
		if (!existsSync(given)) throw new Fault(`CHROMIUM_PATH names no file: ${given}`);
		return launching(given);
	}
	const installed = findOnPath() ?? findPlaywrightsOwn();
	if (installed) return launching(installed);
	if (process.platform === 'linux' && process.arch === 'x64') return await findPackaged();
	throw new Fault(
		'There is no browser for the tests: install Chromium (or run "npx playwright install chromium") and try again, or ' +
			'name one in CHROMIUM_PATH.',
	);
}

function launching(executablePath: string, variables: Record<string, string> = {}): Browser {
	const own = Object.entries(process.env).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	return { executablePath, args: FLAGS, env: { ...Object.fromEntries(own), ...variables } };
}

function findOnPath(): string | undefined {
	const folders = (process.env['PATH'] ?? '')
		.split(path.delimiter)
		.filter((folder) => path.isAbsolute(folder));
	return folders.flatMap((folder) => SYSTEM_NAMES.map((name) => path.join(folder, name))).find(existsSync);
}

function findPlaywrightsOwn(): string | undefined {
	const file = chromium.executablePath();
	return existsSync(file) ? file : undefined;
}

/**
 * Unpacks @sparticuz/chromium (once, two seconds, 210 MB). It is made for a cloud function: it unpacks into TMPDIR without
 * asking which version lies there, and brings its libraries only where it believes to be in that cloud. So it runs in a
 * process of its own that believes so, and its variables reach nothing but the browser.
 */
async function findPackaged(): Promise<Browser> {
	const packaged = fromRoot('node_modules', '@sparticuz', 'chromium', 'package.json');
	if (!existsSync(packaged))
		throw new Fault('The package @sparticuz/chromium is not installed: run "npm ci".');
	const { version } = JSON.parse(await readFile(packaged, 'utf8')) as { version: string };
	const folder = fromRoot('node_modules', '.cache', `chromium-${version}`);
	if (!existsSync(folder)) await unpack(folder);
	return launching(path.join(folder, 'chromium'), {
		LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
		FONTCONFIG_PATH: path.join(folder, 'fonts'),
	});
}

async function unpack(folder: string): Promise<void> {
	const unfinished = `${folder}.${process.pid}`;
	await mkdir(unfinished, { recursive: true });
	const code = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
	const result = await runProgram(process.execPath, ['--input-type=module', '--eval', code], {
		env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
	});
	if (result.code !== 0) throw new Error(`@sparticuz/chromium could not be unpacked:\n${result.output}`);
	// The packaged list of font folders names those of the cloud.
	await writeFile(path.join(unfinished, 'fonts', 'fonts.conf'), fontList(path.join(folder, 'fonts')));
	// Two runs may unpack at once: the one that comes second uses what is there.
	await rename(unfinished, folder).catch(async (error: unknown) => {
		await rm(unfinished, { recursive: true });
		if (!existsSync(folder)) throw error;
	});
}

function fontList(folder: string): string {
	const folders = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((name) => `<dir>${name}</dir>`);
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders.join('')}<cachedir>${path.join(folder, 'cache')}</cachedir></fontconfig>
`;
}
