import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../lib/root.mjs';

const ROUTES = fromRoot('src', 'routes');
const PAGE = '+page.svelte';
const UNSAFE_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The routes that are pages, as the framework writes them: `/[lang=lang]/[city=city]`. */
export async function listPages(): Promise<string[]> {
	const files = await listFiles();
	return files
		.filter((file) => path.basename(file) === PAGE)
		.map(toRouteId)
		.sort();
}

/**
 * Everything a request can ask for, from the files that answer: `GET /[lang=lang]/me`, `POST /[lang=lang]/me?/resend`. A
 * page without a name for its action has `?/default`.
 */
export async function listDoors(): Promise<string[]> {
	const doors: string[] = [];
	for (const file of await listFiles()) {
		const id = toRouteId(file);
		switch (path.basename(file)) {
			case PAGE:
				doors.push(`GET ${id}`);
				break;
			case '+page.server.ts': {
				const { actions = {} } = (await load(file)) as { actions?: object };
				doors.push(...Object.keys(actions).map((action) => `POST ${id}?/${action}`));
				break;
			}
			case '+server.ts': {
				const methods = await load(file);
				doors.push(
					...['GET', ...UNSAFE_METHODS].filter((name) => name in methods).map((name) => `${name} ${id}`),
				);
			}
		}
	}
	return doors.sort();
}

async function listFiles(): Promise<string[]> {
	return (await readdir(ROUTES, { recursive: true })).sort();
}

function toRouteId(file: string): string {
	const folder = path.dirname(file);
	return folder === '.' ? '/' : `/${folder.split(path.sep).join('/')}`;
}

async function load(file: string): Promise<object> {
	return (await import(path.join(ROUTES, file))) as object;
}
