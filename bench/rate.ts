import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fromRoot } from '#scripts/lib/root.mjs';

export type Load = {
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** What the connections send in turn, each its own share; without it a GET of the address. */
	readonly requests?: readonly {
		readonly path: string;
		readonly method: 'POST';
		readonly headers: object;
		readonly body: string;
	}[];
};

export type Rate = { readonly perSecond: number; readonly requests: number; readonly failures: number };

export const CONNECTIONS = 20;
const SECONDS = 4;
const ROUNDS = 3;

/** Requests answered per second while this many connections ask without pause. */
export async function measureRate(load: Load, seconds = SECONDS): Promise<Rate> {
	const child = spawn(process.execPath, [fromRoot('bench', 'load.mjs')], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	child.stdin.end(JSON.stringify({ connections: CONNECTIONS, seconds, ...load }));
	const rate = JSON.parse(await text(child.stdout)) as Rate;
	if (rate.failures > 0) throw new Error(`${load.url}: ${rate.failures} of ${rate.requests} requests failed`);
	return rate;
}

type Measure = () => Promise<number>;

/**
 * Measures several things in turn, A B C A B C …, after one round that does not count, so that a machine whose speed
 * drifts slows all of them. Gives the median of each.
 */
export async function inTurn<Name extends string>(
	measures: Readonly<Record<Name, Measure>>,
): Promise<Record<Name, number>> {
	const names = Object.keys(measures) as Name[];
	const results = new Map<Name, number[]>(names.map((name) => [name, []]));
	for (let round = 0; round <= ROUNDS; round++) {
		for (const name of names) {
			const result = await measures[name]();
			if (round > 0) results.get(name)!.push(result);
		}
	}
	return Object.fromEntries(names.map((name) => [name, median(results.get(name)!)])) as Record<Name, number>;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((first, second) => first - second);
	return sorted[Math.floor(sorted.length / 2)]!;
}
