import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFile } from '#tests/support/pabulib.ts';
import { fromRoot } from './lib/root.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'ortaq-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

const made = { options: ['A;10', 'B;9', 'C;6', 'D;5'], ballots: ['A,B', 'B,D', 'A,C', 'A,B,D', 'C'] };

function tally(text: string, ...parameters: string[]) {
	writeFileSync(path.join(folder, 'made.pb'), text);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[fromRoot('scripts', 'run', 'tally.ts'), path.join(folder, 'made.pb'), ...parameters],
		{ encoding: 'utf8', cwd: fromRoot('.') },
	);
	return { status, stdout, stderr };
}

describe('npm run tally', { timeout: 60_000 }, () => {
	it('prints one JSON object and nothing else', () => {
		const { status, stdout } = tally(writeFile(made), '--rule', 'mes-cost+add1u', '--json');
		expect(status).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({ spent: '20', steps: 1, bought_by_shares: 2 });
	});

	it('says where a file is malformed, ends with 2, and counts nothing', () => {
		const { status, stdout, stderr } = tally(writeFile(made).replace('D;5', 'D;1e5'), '--json');
		expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
		expect(stderr.trim()).toBe(`${path.join(folder, 'made.pb')}:10: the cost of D is no numeral: 1e5`);
	});

	it('ends with 3 where a rule does not fit the ballots, and with 1 where there is no such rule', () => {
		expect(tally(writeFile(made), '--rule', 'mes-points')).toMatchObject({ status: 3, stdout: '' });
		expect(tally(writeFile(made), '--rule', 'borda')).toMatchObject({ status: 1, stdout: '' });
	});

	it('tells every rule that applies, with reasons, and what was odd on the other stream', () => {
		const { status, stdout, stderr } = tally(writeFile({ ...made, meta: ['num_votes;6'] }));
		expect(status).toBe(0);
		expect(stdout).toContain('mes-cardinality+add1u: 3 win, 20 of 20 spent, shares raised by 1');
		expect(stderr).toContain('warning: num_votes says 6, the file has 5');
	});
});
