#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Runs the tests and ends with one line: N passed, N failed (, N skipped).

Usage: npm test                    all
       npm run test:unit           rules and formats, without a database
       npm run test:db             commands and reads on a Postgres of their own
       npm run test:e2e            the pages, in a browser

Needs nothing installed: Postgres and, where the machine has none, a browser come with the packages.`;

const { runCommand } = await import('./lib/command.mjs');

const unitOnly = process.argv.length === 3 && process.argv[2] === 'unit';

await runCommand({ help, needs: unitOnly ? 'messages' : 'build if changed', run: 'test.ts' });
