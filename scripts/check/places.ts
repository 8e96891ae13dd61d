import { readSources, type SourceFile } from './source-files.ts';

const FOLDERS = ['src', 'scripts', 'tests', 'bench', 'migrations'];
const ENDS = ['.ts', '.mjs', '.svelte', '.css', '.html'];

/** Names that tell the place of a file: SvelteKit's own begin with a plus; its matchers are words without a hyphen. */
const FILE_NAMES: readonly RegExp[] = [
	/^src\/routes\/.*\/?\+[a-z.]+$/,
	/^src\/params\/[a-z]+(_[a-z]+)*\.ts$/,
	/^migrations\/\d{8}T\d{4}_[a-z]+(_[a-z]+)+\.ts$/,
	/\/[A-Z][A-Za-z]+(\.svelte|\.examples\.ts)$/,
	/\/[a-z0-9]+(-[a-z0-9]+)*(\.(test|server|client|d|svelte))?\.(ts|mjs|css|html)$/,
];

const DOOR = /^src\/lib\/server\/[a-z]+\/index\.ts$/;
/** Words that say what kind of thing it is, never which. */
const EMPTY_WORD =
	/(?:^|\/)(?:utils?|helpers?|common|misc)(?:\.|\/|-)|(?:Component|Wrapper|Container)\.svelte$/;
const EMPTY_TYPE = /^export (?:type|interface|class) (\w+(?:Type|Dto|Data|Manager|Helper|Utils?))\b/gm;

/** Whether everything stands where docs/decisions/0001 says, under a name that tells what it is. */
export async function findPlaceFaults(): Promise<string[]> {
	const files = (await Promise.all(FOLDERS.map((folder) => readSources(folder, ENDS)))).flat();
	return [...files.flatMap((file) => [...faultsOf(file)]), ...sharedMinutes(files)];
}

export function* faultsOf({ name, text }: SourceFile): Generator<string> {
	if (!FILE_NAMES.some((pattern) => pattern.test(name))) {
		yield `${name}: a file is named in kebab-case, a component in PascalCase, a migration by minute, verb and noun`;
	}
	if (EMPTY_WORD.test(name)) yield `${name}: the name says what kind of thing it is, not which`;
	if (name.endsWith('/index.ts') && !DOOR.test(name)) yield `${name}: only an area has a door`;
	for (const [, type] of text.matchAll(EMPTY_TYPE)) {
		yield `${name}: the name of ${type} says what kind of thing it is, not which`;
	}
	if (name.startsWith('migrations/') && !isMinute(minuteOf(name))) {
		yield `${name}: ${minuteOf(name)} is no minute`;
	}
}

/** Migrations run in the order of their names. */
export function* sharedMinutes(files: readonly SourceFile[]): Generator<string> {
	const migrations = files.filter(({ name }) => name.startsWith('migrations/'));
	for (const [minute, named] of Map.groupBy(migrations, ({ name }) => minuteOf(name))) {
		if (named.length > 1)
			yield `${named.map(({ name }) => name).join(', ')}: one minute, ${minute}, for several`;
	}
}

const minuteOf = (migration: string): string => /\d{8}T\d{4}/.exec(migration)?.[0] ?? '';

function isMinute(written: string): boolean {
	const iso = written.replace(/(....)(..)(..)T(..)(..)/, '$1-$2-$3T$4:$5:00.000Z');
	const moment = Date.parse(iso);
	return !Number.isNaN(moment) && new Date(moment).toISOString() === iso;
}
