#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Fills a database with a demonstration: real budgets, simulated residents, comments, ballots and answers.

Usage: npm run demo

Works on DATABASE_URL, as the owner in MIGRATE_DATABASE_URL, or on the embedded database, after bringing the schema
forward. Needs SECRET_KEY and PERSON_KEY with DATABASE_URL. Refuses a database that has accounts. A database that was
filled so is served on loopback only. Writes the accounts to try it with to DATA_DIR/demo-accounts.json.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'demo.ts' });
