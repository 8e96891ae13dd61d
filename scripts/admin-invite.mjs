#!/usr/bin/env node
import './lib/require-node.mjs';

const help = `Invites an administrator and prints the link; this is how the first one comes.

Usage: npm run admin:invite -- EMAIL

Whoever opens the link takes the role with that address, and no other: with their account if they have one, else with a
new one. It works once, for seven days; the same command again makes a new link and voids the last. No mail is sent: hand
the link over yourself, to its owner alone. Works on DATABASE_URL, with the server's SECRET_KEY, PERSON_KEY and ORIGIN,
or on the embedded database.`;

const { runCommand } = await import('./lib/command.mjs');

await runCommand({ help, needs: 'messages', run: 'admin-invite.ts' });
