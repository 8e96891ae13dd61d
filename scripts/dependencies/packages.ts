import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One installed package, as far as it is judged here. */
export type InstalledPackage = {
	readonly name: string;
	readonly version: string;
	/** As it names it itself; null when it does not. */
	readonly licence: string | null;
	readonly hasInstallScript: boolean;
};

type LockEntry = {
	readonly version?: string;
	readonly license?: string;
	readonly hasInstallScript?: boolean;
	readonly link?: boolean;
};

const FOLDER = 'node_modules/';

/** Every package of the lock, those for other platforms too. What the lock does not tell is read from the package. */
export async function listPackages(root: string): Promise<InstalledPackage[]> {
	const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, LockEntry>;
	};
	const entries = Object.entries(lock.packages).filter(([place, { link }]) => place !== '' && link !== true);
	return await Promise.all(
		entries.map(async ([place, { version = '', license, hasInstallScript = false }]) => ({
			name: place.slice(place.lastIndexOf(FOLDER) + FOLDER.length),
			version,
			licence: license ?? (await readLicence(path.join(root, place))),
			hasInstallScript,
		})),
	);
}

/** From the description of the package, or else from the first line of the licence that lies in it. */
async function readLicence(folder: string): Promise<string | null> {
	const described = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}');
	const { license } = JSON.parse(described) as { license?: unknown };
	if (typeof license === 'string') return license;
	const text = await readFile(path.join(folder, 'LICENSE'), 'utf8').catch(() => '');
	return nameOfText(text);
}

/** Texts whose licence is plain from how they begin. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
	[/^\s*(?:The )?MIT License\b/i, 'MIT'],
	[/^\s*Apache License\s+Version 2\.0\b/i, 'Apache-2.0'],
	[/^\s*ISC License\b/i, 'ISC'],
];

function nameOfText(text: string): string | null {
	return BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1] ?? null;
}
