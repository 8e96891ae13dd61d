#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Makes the production build in build/, which "node build/index.js" serves.

Usage: npm run build`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'build' });
