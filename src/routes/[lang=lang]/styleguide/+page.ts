import { error } from '@sveltejs/kit';
import type { Examples } from '#lib/ui/examples.ts';

type Sheet = { readonly name: string; readonly examples: Examples };

/**
 * Every component in its named examples, for whoever develops; a built app has no such page. Components cannot travel from
 * the server, so this is the one load that runs in both places.
 */
export async function load(): Promise<{ sheets: Sheet[] }> {
	if (!import.meta.env.DEV) error(404);
	const files = import.meta.glob<{ examples: Examples }>('/src/lib/ui/**/*.examples.ts');
	const sheets = Object.entries(files).map(async ([path, open]) => ({
		name: path.replace('/src/lib/ui/', '').replace('.examples.ts', ''),
		examples: (await open()).examples,
	}));
	return { sheets: await Promise.all(sheets) };
}
