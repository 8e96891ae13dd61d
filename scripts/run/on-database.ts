import { openInstance, type Instance } from '../instance/instance.ts';
import { tellError } from '../lib/fault.mjs';

/** Opens the database for one short act and lets it go again. Ends with exit code 1 when the act fails. */
export async function onDatabase(
	act: (instance: Instance) => Promise<void>,
	needs: 'secrets' | 'database' = 'database',
): Promise<void> {
	try {
		const instance = await openInstance(process.env, needs);
		try {
			await act(instance);
		} finally {
			await instance.release();
		}
	} catch (error) {
		tellError(error);
		process.exitCode = 1;
	}
}
