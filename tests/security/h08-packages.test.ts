import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAdvisories } from '#scripts/dependencies/advisories.ts';
import { ALLOWED_INSTALL_SCRIPTS, ALLOWED_LICENCES } from '#scripts/dependencies/allowed.ts';
import { findLicenceFaults, findScriptFaults, isAllowed } from '#scripts/dependencies/licences.ts';
import { listPackages } from '#scripts/dependencies/packages.ts';
import { root } from '#scripts/lib/root.mjs';

const COUNTS = { vulnerabilities: { total: 1 } };

describe('H08 what the registry says', () => {
	it('names each vulnerable package with how bad it is and why', () => {
		const report = {
			auditReportVersion: 2,
			vulnerabilities: {
				'bad-parser': {
					name: 'bad-parser',
					severity: 'high',
					via: [{ title: 'Prototype pollution in bad-parser', url: 'about:blank' }],
				},
				'its-user': { name: 'its-user', severity: 'high', via: ['bad-parser'] },
			},
			metadata: COUNTS,
		};
		expect(readAdvisories(`npm warn something\n${JSON.stringify(report)}\n`)).toEqual({
			known: true,
			faults: ['bad-parser: high: Prototype pollution in bad-parser', 'its-user: high: through bad-parser'],
		});
	});

	it('is no fault when it knows of none', () => {
		const report = { auditReportVersion: 2, vulnerabilities: {}, metadata: COUNTS };
		expect(readAdvisories(JSON.stringify(report))).toEqual({ known: true, faults: [] });
	});

	// Red when a missing list is taken for an empty one: silence would pass for health.
	it.each([
		['nothing', ''],
		['a page of a proxy', '<html><body>Bad gateway {}</body></html>'],
		['an error of npm', '{"message":"request failed","error":{"code":"ENOTFOUND","summary":"no such host"}}'],
		['a list that is cut', '{"auditReportVersion":2,"vulnerabilities":{"a":{"sev'],
		['a list without counts', '{"auditReportVersion":2,"vulnerabilities":{}}'],
		['something else', '[]'],
		['an empty object', '{}'],
		['null where the list should be', '{"vulnerabilities":null,"metadata":null}'],
	])('is unknown when it is %s, never "nothing is wrong"', (_, output) => {
		expect(readAdvisories(output)).toEqual({ known: false, reason: expect.any(String) as string });
	});

	it('is shown, never obeyed by the terminal', () => {
		const hostile = { a: { severity: '\u001b[2J', via: [{ title: 'x\n\u001b]0;y\u0007' }] } };
		const read = readAdvisories(JSON.stringify({ vulnerabilities: hostile, metadata: COUNTS }));
		expect(JSON.stringify(read)).not.toMatch(/\\u001b|\\u0007|\\n/);
	});
});

describe('H08 licences', () => {
	it.each([
		['MIT', true],
		['(MIT OR GPL-2.0-only)', true],
		['GPL-2.0-only OR MIT', true],
		['MIT AND Zlib', true],
		['MIT AND SSPL-1.0', false],
		['MIT OR Apache-2.0 AND SSPL-1.0', true],
		['(MIT OR Apache-2.0) AND SSPL-1.0', false],
		['GPL-2.0-only', false],
		['SEE LICENSE IN LICENSE', false],
		['UNLICENSED', false],
		['MIT WITH something', false],
		['(MIT', false],
		['MIT)', false],
		['', false],
	])('%s is allowed: %s', (expression, expected) => {
		expect(isAllowed(expression, ALLOWED_LICENCES)).toBe(expected);
	});
});

describe('H08 the packages of a project', () => {
	async function withProject(work: (folder: string) => Promise<void>): Promise<void> {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'ortaq-audit-'));
		try {
			await work(folder);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	// Red without findScriptFaults or findLicenceFaults in scripts/run/audit.ts.
	it('are at fault by a script, a licence that is not allowed, or none', async () => {
		await withProject(async (folder) => {
			const packages = {
				'': { name: 'us' },
				'node_modules/good': { version: '1.0.0', license: 'MIT' },
				'node_modules/good/node_modules/@scope/deep': { version: '2.0.0', license: 'SSPL-1.0' },
				'node_modules/silent': { version: '3.0.0' },
				'node_modules/told-inside': { version: '4.0.0' },
				'node_modules/eager': { version: '5.0.0', license: 'ISC', hasInstallScript: true },
				'node_modules/linked': { link: true },
			};
			await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify({ packages }));
			await mkdir(path.join(folder, 'node_modules', 'told-inside'), { recursive: true });
			await writeFile(
				path.join(folder, 'node_modules', 'told-inside', 'LICENSE'),
				'MIT License\n\nCopyright',
			);
			const listed = await listPackages(folder);
			expect(findLicenceFaults(listed, ALLOWED_LICENCES)).toEqual([
				'@scope/deep 2.0.0: SSPL-1.0 is not allowed',
				'silent 3.0.0: names no licence',
			]);
			expect(findScriptFaults(listed, ALLOWED_INSTALL_SCRIPTS)).toEqual([
				'eager 5.0.0: runs a script when it is installed',
			]);
		});
	});

	it('are in order here', async () => {
		const packages = await listPackages(root);
		expect(packages.length).toBeGreaterThan(300);
		expect(findLicenceFaults(packages, ALLOWED_LICENCES)).toEqual([]);
		expect(findScriptFaults(packages, ALLOWED_INSTALL_SCRIPTS)).toEqual([]);
	});
});
