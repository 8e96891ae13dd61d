#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Prints what every page, form action and address for machines answers to each role.

Usage: npm run access

An answer is a status, and where it leads to the address. A test asks every one of them over HTTP and compares. The last
line counts: N routes, M roles, K undecided. Ends with 1 when a route is not in scripts/access/table.ts, or a row of that
table leads nowhere. Needs no database.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'messages', run: 'access.ts' });
