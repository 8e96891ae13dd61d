#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Takes back the newest migration, with the data that only it has room for.

Usage: npm run db:rollback

Works on DATABASE_URL, as the owner in MIGRATE_DATABASE_URL, or on the embedded database.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'db-rollback.ts' });
