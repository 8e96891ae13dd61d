#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Switches extra protection off for an account whose owner has lost the phone and the recovery codes, or the device
with their passkey. All passkeys of the account go too.

Usage: npm run second-factor:reset -- EMAIL

Make sure first, by voice or face, that it is the owner who asks. The account is signed out everywhere, and its password
stays; staff must connect an app again before they can act. The reset is recorded in the audit log. Works on
DATABASE_URL, as the owner in MIGRATE_DATABASE_URL, or on the embedded database.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'packages', run: 'second-factor-reset.ts' });
