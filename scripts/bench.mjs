#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Measures, as ratios within one run, on this machine.

Usage: npm run bench              all benchmarks, as a table
       npm run bench -- NAME      one: pages, ballots, residents, start
       npm run bench -- NAME --json   one, as {"name","figures"} on standard output

pages      the city page against node:http serving the same bytes; weight of pages
ballots    casting over HTTP against an action that does nothing, and against pg running the same statement
residents  importing a list of a million residents against COPY of the same rows; peak memory of the server
start      seconds from a clean clone to the first page`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'build if changed', run: 'bench.ts' });
