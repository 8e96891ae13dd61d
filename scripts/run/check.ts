import { findCityNames } from '../check/city-names.ts';
import { findRawValues } from '../check/design-tokens.ts';
import { findMessageFaults } from '../check/messages.ts';
import { findPlaceFaults } from '../check/places.ts';
import { fromRoot } from '../lib/root.mjs';
import { runProgram } from '../lib/run-program.mjs';

/** A check says what is wrong, or nothing. */
type Check = { readonly name: string; readonly find: () => Promise<string> };

const AT_ONCE = 2;

function tool(name: string, file: string[], ...parameters: string[]): Check {
	return {
		name,
		find: async () => {
			const program = fromRoot('node_modules', ...file);
			const { code, output } = await runProgram(process.execPath, [program, ...parameters]);
			return code === 0 ? '' : output.trim();
		},
	};
}

function own(name: string, find: () => Promise<string[]>): Check {
	return { name, find: async () => (await find()).join('\n') };
}

/** The slow ones first, so that two hands finish at the same time. */
const CHECKS: readonly Check[] = [
	tool('lint', ['eslint', 'bin', 'eslint.js'], '.'),
	tool('types', ['svelte-check', 'bin', 'svelte-check'], '--threshold', 'warning'),
	tool('types of plain scripts', ['typescript', 'bin', 'tsc'], '-p', 'scripts/tsconfig.json'),
	tool('unused code', ['knip', 'bin', 'knip.js']),
	tool(
		'import direction',
		['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'],
		...['src', 'migrations', 'scripts', 'tests', 'bench', 'playwright.config.ts'],
	),
	tool('format', ['prettier', 'bin', 'prettier.cjs'], '--check', '--log-level', 'warn', '.'),
	own('messages', findMessageFaults),
	own('design tokens', findRawValues),
	own('cities are data', findCityNames),
	own('places and names', findPlaceFaults),
];

async function check(): Promise<boolean> {
	// Types of routes and components; the others read what it writes.
	await runProgram(process.execPath, [fromRoot('node_modules', '@sveltejs', 'kit', 'svelte-kit.js'), 'sync']);
	const waiting = [...CHECKS];
	let clean = true;
	const work = async () => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
			const faults = await next.find();
			if (faults === '') continue;
			clean = false;
			console.log(`— ${next.name}\n${faults}\n`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return clean;
}

process.exitCode = (await check()) ? 0 : 1;
