import { findAll, readSources, type SourceFile } from './source-files.ts';

const TOKENS = 'src/lib/ui/tokens.css';

const RULES: readonly (readonly [RegExp, string])[] = [
	[/(?<!url\()#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\(/gi, 'a colour'],
	[
		/(?<=(?:^|[\s;{])(?:color|background|background-color|border-color|fill|stroke)\s*:\s*)(?!currentcolor|transparent|inherit|none|canvas|linktext|buttontext|highlight|graytext|var)[a-z]+\b(?!-?\()/gi,
		'a colour',
	],
	[/(?<![\w.-])(?!0\b)\d*\.?\d+(?:px|rem|pt|cm)\b/gi, 'a size'],
	[/(?<=z-index\s*:\s*)-?\d+/gi, 'a depth'],
	[/:global\b/g, 'a rule for what is not its own'],
];

/** Colours, sizes and depths have names in tokens.css; there is no other place to invent one. */
export async function findRawValues(): Promise<string[]> {
	const files = await readSources('src', ['.css', '.svelte']);
	return files.filter(({ name }) => name !== TOKENS).flatMap(rawValuesIn);
}

export function rawValuesIn({ name, text }: SourceFile): string[] {
	const file = { name, text: withoutConditions(onlyStyles(name, text)) };
	return RULES.flatMap(([pattern, what]) =>
		[...findAll(file, pattern)].map(({ place, match }) => `${place} invents ${what}: ${match[0]}`),
	);
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

/** The condition of a media query cannot read a token; a printed page is measured in what paper is. */
function withoutConditions(styles: string): string {
	return styles
		.replaceAll(/@media[^{\n]*/g, '')
		.replaceAll(/@page\s*\{[^}]*\}/g, (page) => page.replaceAll(/[^\n]/g, ''));
}
