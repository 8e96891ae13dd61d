#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Erases what one entry of the audit log tells of before and after, as the law may ask.

Usage: npm run audit:erase -- NUMBER

The entry itself stays, the chain holds, and the erasure is recorded. It cannot be taken back. Works on DATABASE_URL, as
the owner in MIGRATE_DATABASE_URL, or on the embedded database.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'audit-erase.ts' });
