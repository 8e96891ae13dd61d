import { rollBack } from '../instance/migrate.ts';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

await onDatabase(async (instance) => {
	const name = await rollBack(instance);
	say(name === null ? 'There is no migration to take back.' : `Taken back: ${name}`);
});
