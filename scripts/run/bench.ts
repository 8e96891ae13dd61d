import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { benchBallots } from '#bench/ballots.ts';
import { benchPages } from '#bench/pages.ts';
import { benchResidents } from '#bench/residents.ts';
import { benchStart } from '#bench/start.ts';
import type { Figures } from '#bench/words.ts';
import { inWorld } from '#bench/world.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { root } from '../lib/root.mjs';

const BENCHMARKS: Readonly<Record<string, () => Promise<Figures>>> = {
	pages: () => inWorld(benchPages),
	ballots: () => inWorld(benchBallots),
	residents: () => inWorld(benchResidents),
	start: benchStart,
};

const parameters = process.argv.slice(2);
const json = parameters.includes('--json');
const wanted = parameters.filter((parameter) => parameter !== '--json');

try {
	const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
	if (unknown.length > 0) {
		throw new Fault(
			`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`,
		);
	}
	if (!json) console.log(describeMachine());
	for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) {
		const figures = await BENCHMARKS[name]!();
		console.log(json ? JSON.stringify({ name, figures }) : toTable(name, figures));
	}
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

function describeMachine(): string {
	const cpus = os.cpus();
	const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
		cwd: root,
		encoding: 'utf8',
	}).trim();
	const memory = Math.round(os.totalmem() / 2 ** 30);
	return [
		`${new Date().toISOString().slice(0, 10)}, commit ${commit}`,
		`${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${os.type()} ${os.release()}, Node ${process.versions.node}`,
	].join('\n');
}

function toTable(name: string, figures: Figures): string {
	const rows = Object.entries(figures).map(([key, value]) => `| ${key} | ${toText(value)} |`);
	return [`\n### ${name}\n`, '| figure | value |', '| --- | ---: |', ...rows].join('\n');
}

function toText(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
