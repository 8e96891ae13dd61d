#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Takes the pictures of docs/pictures anew, of a demonstration that it starts and ends itself.

Usage: npm run screenshots`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'build if changed', run: 'screenshots.ts' });
