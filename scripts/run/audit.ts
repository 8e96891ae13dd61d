import { parseArgs } from 'node:util';
import { readAdvisories } from '../dependencies/advisories.ts';
import { ALLOWED_INSTALL_SCRIPTS, ALLOWED_LICENCES } from '../dependencies/allowed.ts';
import { findLicenceFaults, findScriptFaults } from '../dependencies/licences.ts';
import { listPackages } from '../dependencies/packages.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { findNpm } from '../lib/install.mjs';
import { root } from '../lib/root.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { say } from '../lib/say.mjs';

const EXIT = { faults: 1, unknown: 2 } as const;

function readStrict(): boolean {
	try {
		return parseArgs({ options: { strict: { type: 'boolean', default: false } } }).values.strict;
	} catch (error) {
		throw new Fault(error instanceof Error ? error.message : String(error));
	}
}

async function askRegistry(): Promise<string> {
	const { program, parameters, env } = findNpm();
	const settings = ['--json', '--fetch-retries=1', '--fetch-timeout=20000'];
	return (await runProgram(program, [...parameters, 'audit', ...settings], { env })).output;
}

function tell(what: string, faults: readonly string[], count: string): void {
	say(`${what}: ${faults.length === 0 ? `${count}, nothing is wrong` : `${faults.length} at fault`}`);
	for (const fault of faults) say(`  ${fault}`);
}

async function audit(strict: boolean): Promise<number> {
	const packages = await listPackages(root);
	const licences = findLicenceFaults(packages, ALLOWED_LICENCES);
	const scripts = findScriptFaults(packages, ALLOWED_INSTALL_SCRIPTS);
	tell('Licences', licences, `${packages.length} packages`);
	tell('Install scripts', scripts, `${packages.filter((each) => each.hasInstallScript).length} known`);
	const advisories = readAdvisories(await askRegistry());
	if (!advisories.known) {
		say(`Vulnerabilities: unknown (the registry did not answer: ${advisories.reason})`);
	} else {
		tell('Vulnerabilities', advisories.faults, `${packages.length} packages`);
	}
	const faults = licences.length + scripts.length + (advisories.known ? advisories.faults.length : 0);
	if (faults > 0) return EXIT.faults;
	return strict && !advisories.known ? EXIT.unknown : 0;
}

try {
	process.exitCode = await audit(readStrict());
} catch (error) {
	tellError(error);
	process.exitCode = EXIT.faults;
}
