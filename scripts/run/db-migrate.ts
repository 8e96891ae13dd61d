import { migrate } from '../instance/migrate.ts';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

await onDatabase(async (instance) => {
	const names = await migrate(instance);
	for (const name of names) say(`Migrated: ${name}`);
	if (names.length === 0) say('The schema is up to date.');
});
