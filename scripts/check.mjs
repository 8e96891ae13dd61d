#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Checks types, lint, format, unused code, import direction, messages and the rules of docs/decisions/0001.

Usage: npm run check

Silent when all is well; otherwise prints the faults and ends with exit code 1.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'messages', run: 'check.ts' });
