#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Starts Ortaq Budget and prints its address.

Usage: npm start        (or: node scripts/start.mjs)

Installs, builds, starts a database, brings it up to date, loads the twelve cities and serves; what is done already is
skipped. Ctrl-C stops all of it. Settings come from the environment (docs/operations.md), most of all:
  PORT, HOST      where to serve (4173 on 127.0.0.1)
  DATA_DIR        where the embedded database lies (.data)
  DATABASE_URL    a Postgres of your own, 15 or newer, instead of the embedded one`;

const { runCommand } = await import('./lib/command.mjs');
const { readAddress, requireFreePort } = await import('./lib/port.mjs');

await runCommand({
	help,
	needs: 'build if changed',
	run: 'serve.ts',
	first: async () => {
		const { host, port } = readAddress(process.env, 4173);
		await requireFreePort(host, port);
	},
});
