import type { Result } from '#lib/domain/base/result.ts';
import type { Db, Tx } from '../capabilities.ts';

/** Carries a refusal out of Kysely, which commits whenever its callback returns. */
class RolledBack extends Error {
	readonly result: unknown;
	constructor(result: unknown) {
		super('rolled back by a refusal');
		this.result = result;
	}
}

/** Commits on ok, rolls back on a refusal or a throw. No mail, network, hashing or waiting inside. */
export async function transact<T, R>(db: Db, work: (tx: Tx) => Promise<Result<T, R>>): Promise<Result<T, R>> {
	try {
		return await db.transaction().execute(async (tx) => {
			const result = await work(tx);
			if (!result.ok) throw new RolledBack(result);
			return result;
		});
	} catch (error) {
		if (error instanceof RolledBack) return error.result as Result<T, R>;
		throw error;
	}
}
