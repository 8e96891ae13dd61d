#!/usr/bin/env node
import path from 'node:path';
import './lib/require-node.mjs';

const help = `Counts an election file (.pb) offline, exactly, and says why each option won or lost.

Usage: npm run tally -- FILE.pb                     every rule that applies, as tables
       npm run tally -- FILE.pb --rule RULE         one rule
       npm run tally -- FILE.pb --rule RULE --json  one rule, as one JSON object on standard output

RULE   totals, greedy, greedy-density, mes-cost, mes-cardinality, mes-points;
       the three mes- rules also with +add1u
Exit   0 counted · 2 the file is malformed (FILE:LINE: reason) · 3 the rule does not apply to these ballots · 1 anything else`;

// Before the working directory changes: the file is named as seen from where the command was typed.
const from = process.env['INIT_CWD'] ?? process.cwd();
for (const [index, parameter] of process.argv.entries()) {
	const isFile = index >= 2 && !parameter.startsWith('-') && process.argv[index - 1] !== '--rule';
	if (isFile) process.argv[index] = path.resolve(from, parameter);
}

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'tally.ts' });
