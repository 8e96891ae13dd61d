#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Brings the database's schema forward to the newest migration.

Usage: npm run db:migrate

Works on DATABASE_URL, as the owner in MIGRATE_DATABASE_URL, or on the embedded database. Safe to run twice, and while
the server runs.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'db-migrate.ts' });
