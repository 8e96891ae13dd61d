#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Checks the packages: known vulnerabilities, licences, install scripts.

Usage: npm run audit
       npm run audit -- --strict

Licences and install scripts are read from package-lock.json and node_modules; what is allowed stands in
scripts/dependencies/allowed.ts. Vulnerabilities are asked of the registry that npm is configured for. One that does not
answer is told as "unknown", which is no fault of the packages: with --strict it is one.

Ends with 0 when nothing is wrong, 1 when something is, 2 when --strict and the registry did not answer.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'audit.ts' });
