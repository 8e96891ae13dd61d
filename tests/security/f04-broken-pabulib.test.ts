import { mkdtemp, rm, writeFile as write } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '#scripts/lib/root.mjs';
import { runProgram } from '#scripts/lib/run-program.mjs';
import { writeFile } from '#tests/support/pabulib.ts';

const GOOD = writeFile({ options: ['a;5', 'b;6'], ballots: ['a', 'a,b'] });

/** Every line that docs/tally.md names is tried beside the reader; here is what reaches who runs the command. */
const BROKEN: Readonly<Record<string, readonly [string, RegExp]>> = {
	'a section missing': [GOOD.replace(/VOTES[\s\S]*/, ''), /no section VOTES/],
	'a section twice': [`${GOOD}META\nkey;value\n`, /second section META/],
	'a bad header': [GOOD.replace('project_id;cost', 'project;price'), /no column project_id/],
	'a comma in an id': [GOOD.replace('a;5', '"a,b";5'), /comma/],
	'a vote for an unknown option': [GOOD.replace('a,b', 'a,zzz'), /unknown option: zzz/],
	'a cost below nothing': [GOOD.replace('b;6', 'b;-6'), /below 0/],
	'a cost as a power': [GOOD.replace('b;6', 'b;1e9'), /no numeral: 1e9/],
	'a quote that is never closed': [GOOD.replace('b;6', '"b;6'), /never closed/],
	'a NUL': [GOOD.replace('a,b', 'a,b\0'), /zero byte/],
	'markup and terminal escapes': [GOOD.replace('a,b', 'a,<script>\u001b[2J'), /unknown option/],
};

async function tally(text: string | Uint8Array): Promise<{ code: number; output: string }> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'ortaq-pb-'));
	try {
		const file = path.join(folder, 'election.pb');
		await write(file, text);
		const command = fromRoot('scripts', 'run', 'tally.ts');
		return await runProgram(process.execPath, [command, file, '--rule', 'greedy', '--json']);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

describe('F04 an election file', () => {
	// Red without the checks of tally/pabulib: readSections, openMeta, openOptions, openBallots.
	it.each(Object.entries(BROKEN))(
		'with %s is refused with line and reason, and nothing is counted',
		async (_, [text, reason]) => {
			const { code, output } = await tally(text);
			expect(code).not.toBe(0);
			expect(output).toMatch(reason);
			expect(output).toMatch(/election\.pb:\d+: /);
			expect(output).not.toMatch(/winners|\bat .*\.ts:\d+/);
			expect(output).not.toMatch(/\u001b\[2J/);
		},
	);

	it('that is good is counted, so that refusing means something', async () => {
		const { code, output } = await tally(GOOD);
		expect(code).toBe(0);
		expect(JSON.parse(output.slice(output.indexOf('{')))).toMatchObject({ winners: ['a', 'b'] });
	});

	it(
		'of two hundred megabytes is read in the memory it needs, or refused with words',
		{ timeout: 120_000 },
		async () => {
			const { code, output } = await tally(Buffer.alloc(200 * 1024 * 1024, 'a;b\n'));
			expect(code).not.toBe(0);
			expect(output).toMatch(/election\.pb:1: /);
		},
	);
});
