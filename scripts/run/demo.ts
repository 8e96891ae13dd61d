import { demonstrateOnRequest } from '../instance/demonstration.ts';
import { asOwner, migrate } from '../instance/migrate.ts';
import { seed } from '../instance/seed.ts';
import { onDatabase } from './on-database.ts';

await onDatabase(async (instance) => {
	await migrate(instance);
	await asOwner(instance, seed);
	await demonstrateOnRequest(instance, process.env);
}, 'secrets');
