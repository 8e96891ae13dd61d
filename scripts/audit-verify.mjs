#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Checks the chain of the audit log and names the first broken link.

Usage: npm run audit:verify
       npm run audit:verify -- --head NUMBER:HASH

Prints the head of the log, its newest number and hash. Note it elsewhere: with --head a later check proves that nothing
up to that entry was cut off or written anew. Works on DATABASE_URL or on the embedded database, and changes nothing.

Ends with 0 when the log is whole, 1 when it is broken, 2 when it could not be read.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'audit-verify.ts' });
