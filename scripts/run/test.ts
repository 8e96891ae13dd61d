import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openTestCluster, TEST_SOCKET } from '../instance/test-cluster.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { fromRoot, root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';

const PARTS = ['unit', 'db', 'e2e'] as const;
type Part = (typeof PARTS)[number];

/** What a runner counted. It is only believed when its exit code agrees. */
type Count = { passed: number; failed: number; skipped: number };

function readParts(): Set<Part> {
	const asked = process.argv.slice(2);
	for (const part of asked) {
		if (!PARTS.some((known) => known === part)) {
			throw new Fault(`There is no part "${part}" of the tests: unit, db or e2e.`);
		}
	}
	return new Set(asked.length === 0 ? PARTS : (asked as Part[]));
}

async function run(parts: ReadonlySet<Part>): Promise<Count> {
	const reports = await mkdtemp(path.join(os.tmpdir(), 'ortaq-reports-'));
	const needsDatabase = parts.has('db') || parts.has('e2e');
	const cluster = needsDatabase ? await openTestCluster() : null;
	const env = { ...process.env, ...(cluster ? { [TEST_SOCKET]: cluster.socket } : {}) };
	const counts: Count[] = [];
	try {
		const projects = (['unit', 'db'] as const).filter((part) => parts.has(part));
		if (projects.length > 0) {
			say(`— ${projects.join(' and ')} tests`);
			counts.push(await runVitest(projects, env, path.join(reports, 'vitest.json')));
		}
		if (parts.has('e2e')) {
			say('— browser tests');
			// Found before the workers start, so that a missing one is said once, and unpacked by one.
			await findBrowser();
			counts.push(await runPlaywright(env, path.join(reports, 'playwright.json')));
		}
	} finally {
		await cluster?.stop();
		await rm(reports, { recursive: true, force: true });
	}
	return counts.reduce((sum, count) => ({
		passed: sum.passed + count.passed,
		failed: sum.failed + count.failed,
		skipped: sum.skipped + count.skipped,
	}));
}

async function runVitest(
	projects: readonly string[],
	env: NodeJS.ProcessEnv,
	report: string,
): Promise<Count> {
	const code = await runNode(
		[
			fromRoot('node_modules', 'vitest', 'vitest.mjs'),
			'run',
			...projects.flatMap((name) => ['--project', name]),
			...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
		],
		env,
	);
	type Report = {
		numPassedTests: number;
		numFailedTests: number;
		numPendingTests: number;
		numTodoTests: number;
		testResults: { status: string; assertionResults: unknown[] }[];
	};
	const counted = await readReport<Report>(report);
	if (counted === null) return believe('vitest', { passed: 0, failed: 0, skipped: 0 }, code);
	// A file that cannot be loaded has no tests to fail; it counts as one.
	const unloaded = counted.testResults.filter(
		({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
	);
	return believe(
		'vitest',
		{
			passed: counted.numPassedTests,
			failed: counted.numFailedTests + unloaded.length,
			skipped: counted.numPendingTests + counted.numTodoTests,
		},
		code,
	);
}

async function runPlaywright(env: NodeJS.ProcessEnv, report: string): Promise<Count> {
	const code = await runNode(
		[fromRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
		{ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
	);
	type Report = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
	const counted = await readReport<Report>(report);
	const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = counted?.stats ?? {};
	return believe('playwright', { passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** A runner that ends badly without a failed test has failed all the same. */
function believe(name: string, count: Count, code: number): Count {
	if (code === 0 || count.failed > 0) return count;
	console.error(`${name} ended with code ${code} although no test failed.`);
	return { ...count, failed: 1 };
}

async function readReport<T>(file: string): Promise<T | null> {
	const text = await readFile(file, 'utf8').catch(() => null);
	return text === null ? null : (JSON.parse(text) as T);
}

function runNode(parameters: string[], env: NodeJS.ProcessEnv): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, parameters, {
			cwd: root,
			env,
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		child.on('error', reject);
		child.on('exit', (code) => resolve(code ?? 1));
		// Whoever stops us stops the tests first; the database is stopped after them.
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
			process.once(signal, () => child.kill(signal));
	});
}

try {
	const { passed, failed, skipped } = await run(readParts());
	if (passed + failed === 0) console.error('No test was run.');
	say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}
