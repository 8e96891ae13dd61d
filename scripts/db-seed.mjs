#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Loads the twelve cities and their budgets from scripts/seed/data.

Usage: npm run db:seed

Works on DATABASE_URL, as the owner in MIGRATE_DATABASE_URL, or on the embedded database, after bringing the schema
forward. Safe to run twice: what is there already is not touched.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'db-seed.ts' });
