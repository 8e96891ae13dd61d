#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Serves Ortaq Budget with reload on every change, on the database that "npm start" uses.

Usage: npm run dev

  PORT, HOST    where to serve (5173 on 127.0.0.1)
Other settings are those of "npm start".`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'messages', run: 'dev.ts' });
