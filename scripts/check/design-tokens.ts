import { findAll, readSources, type SourceFile } from './source-files.ts';

const TOKENS = 'src/lib/ui/tokens.css';

const RULES: readonly (readonly [RegExp, string])[] = [
	[/(?<!url\()#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\(/gi, 'a colour'],
	[
		/(?<=(?:^|[\s;{])(?:color|background|background-color|border-color|fill|stroke)\s*:\s*)(?!currentcolor|transparent|inherit|none|canvas|linktext|buttontext|highlight|graytext|var)[a-z]+\b(?!-?\()/gi,
		'a colour',
	],
	[/(?<=font-size\s*:\s*)[\d.]+\w+/gi, 'a size of letters'],
	[/(?<=z-index\s*:\s*)-?\d+/gi, 'a depth'],
];

/** Colours, sizes of letters and depths have names in tokens.css; there is no other place to invent one. */
export async function findRawValues(): Promise<string[]> {
	const files = await readSources('src', ['.css', '.svelte']);
	return files
		.filter(({ name }) => name !== TOKENS)
		.map(({ name, text }) => ({ name, text: onlyStyles(name, text) }))
		.flatMap((file) => RULES.flatMap(([pattern, what]) => describe(file, pattern, what)));
}

function describe(file: SourceFile, pattern: RegExp, what: string): string[] {
	return [...findAll(file, pattern)].map(({ place, match }) => `${place} invents ${what}: ${match[0]}`);
}

/** Keeps the lines of the style elements, and blank ones for the rest, so that line numbers stay true. */
function onlyStyles(name: string, text: string): string {
	if (name.endsWith('.css')) return text;
	let inside = false;
	return text
		.split('\n')
		.map((line) => {
			if (line.startsWith('</style')) inside = false;
			const kept = inside ? line : '';
			if (line.startsWith('<style')) inside = true;
			return kept;
		})
		.join('\n');
}
