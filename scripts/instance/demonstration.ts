import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import {
	giveDemonstrationAccess,
	loadDemonstration,
	renewDemonstration,
	type DemonstrationAccount,
} from '#lib/server/demonstration/index.ts';
import { isDemonstration } from '#lib/server/identity/index.ts';
import { Fault } from '../lib/fault.mjs';
import { requireLoopback } from '../lib/port.mjs';
import { say } from '../lib/say.mjs';
import { dataFolder, type Instance } from './instance.ts';
import { asOwner } from './migrate.ts';

/** Any number will do; another one gives other residents. */
const SEED = 2027;

/** On our own database: fills it with simulated people at its first start, and keeps it alive at every later one. */
export async function demonstrate(instance: Instance, env: NodeJS.ProcessEnv, host: string): Promise<void> {
	await asOwner(instance, async (db) => {
		const app = toApp(instance, db);
		const filled = instance.embedded ? await fill(app) : null;
		if (!(await isDemonstration(db))) return;
		requireLoopback(host);
		await keepAlive(app, env, filled);
	});
}

/** On a database of one's own, when asked for by `npm run demo`. @throws Fault where there are accounts already. */
export async function demonstrateOnRequest(instance: Instance, env: NodeJS.ProcessEnv): Promise<void> {
	await asOwner(instance, async (db) => {
		const app = toApp(instance, db);
		const filled = await fill(app);
		if (filled === 'database_in_use') {
			throw new Fault('There are accounts in this database: a demonstration needs one without any.');
		}
		await keepAlive(app, env, filled);
	});
}

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

function toApp({ secretKey: secret, personKey: person }: Instance, db: Db): App {
	return {
		db,
		clock: () => parseInstant(new Date().toISOString()),
		random: randomBytes,
		keys: { secret, person },
	};
}

type Filled = 'filled' | 'demonstration_exists' | 'database_in_use';

async function fill(app: App): Promise<Filled> {
	const loaded = await loadDemonstration(app, SEED);
	if (!loaded.ok) return loaded.refusal.code;
	say('Demonstration loaded: the budgets are real; residents, comments, ballots and answers are simulated.');
	return 'filled';
}

async function keepAlive(app: App, env: NodeJS.ProcessEnv, filled: Filled | null): Promise<void> {
	const opened = await renewDemonstration(app);
	if (opened > 0) say(`All consultations of the demonstration had ended; ${opened} new ones are open.`);
	const file = path.join(await dataFolder(env), 'demo-accounts.json');
	// A file that is there already may be that of a database deleted since.
	if (filled === 'filled' || !existsSync(file)) {
		const accounts = await giveDemonstrationAccess(app);
		await writeForOwner(file, `${JSON.stringify(accounts, null, '\t')}\n`);
		showAccounts(accounts);
	}
	say(
		'Staff sign in with a code as well: any app makes it from the key, and the page that asks shows it here.',
	);
	say(`Accounts to try it with, and codes for new residents: ${file}`);
}

/** Whole or not at all: half a file would look like one that has been written. */
async function writeForOwner(file: string, text: string): Promise<void> {
	const unfinished = `${file}.unfinished`;
	await writeFile(unfinished, text, { mode: 0o600 });
	await rename(unfinished, file);
}

/** One account of each role: the file has the others. */
function showAccounts(accounts: readonly DemonstrationAccount[]): void {
	const first = accounts.filter(
		({ role }, index) => accounts.findIndex((other) => other.role === role) === index,
	);
	for (const { role, city, email, password, totpSecret, residencyCodes, iins } of first) {
		say(`  ${role.padEnd(13)} ${(city ?? '').padEnd(8)} ${email.padEnd(31)} ${password}`);
		if (totpSecret) say(`  ${'key of the app'.padEnd(22)} ${totpSecret}`);
		if (iins) say(`  ${'IINs'.padEnd(13)} ${(city ?? '').padEnd(8)} ${iins.join('  ')}`);
		if (residencyCodes) say(`  ${'codes'.padEnd(13)} ${(city ?? '').padEnd(8)} ${residencyCodes.join('  ')}`);
	}
}
