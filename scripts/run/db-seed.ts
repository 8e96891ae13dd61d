import { asOwner, migrate } from '../instance/migrate.ts';
import { seed } from '../instance/seed.ts';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

await onDatabase(async (instance) => {
	await migrate(instance);
	const rows = await asOwner(instance, seed);
	say(
		rows === 0 ? 'The cities and budgets are loaded already.' : `Loaded cities and budgets (${rows} rows).`,
	);
});
