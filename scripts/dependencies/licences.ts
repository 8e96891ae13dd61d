import type { InstalledPackage } from './packages.ts';

/** What stands in the way of a package, one line each; empty when nothing does. */
export function findLicenceFaults(
	packages: readonly InstalledPackage[],
	allowed: ReadonlySet<string>,
): string[] {
	return packages.flatMap(({ name, version, licence }) => {
		if (licence === null) return [`${name} ${version}: names no licence`];
		return isAllowed(licence, allowed) ? [] : [`${name} ${version}: ${licence} is not allowed`];
	});
}

export function findScriptFaults(
	packages: readonly InstalledPackage[],
	allowed: Readonly<Record<string, string>>,
): string[] {
	return packages
		.filter(({ name, hasInstallScript }) => hasInstallScript && !Object.hasOwn(allowed, name))
		.map(({ name, version }) => `${name} ${version}: runs a script when it is installed`);
}

/**
 * Whether an SPDX expression can be met: one side of `OR`, both of `AND`, which binds closer. What is no such expression
 * is not allowed, nor is an exception (`WITH`): nobody has looked at it.
 */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
	const words = expression.match(/[()]|[^\s()]+/g) ?? [];
	let at = 0;
	const anyOf = (): boolean => {
		let result = allOf();
		while (words[at] === 'OR') {
			at += 1;
			// Both sides are read, whatever the first one was.
			result = [allOf(), result].includes(true);
		}
		return result;
	};
	const allOf = (): boolean => {
		let result = one();
		while (words[at] === 'AND') {
			at += 1;
			result = ![one(), result].includes(false);
		}
		return result;
	};
	const one = (): boolean => {
		const word = words[at++];
		if (word !== '(') return word !== undefined && allowed.has(word);
		const inside = anyOf();
		return words[at++] === ')' && inside;
	};
	const result = anyOf();
	return result && at === words.length;
}
