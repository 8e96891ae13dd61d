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

/** What the database rolled back for the sake of another transaction: the same again may well succeed. */
const TRY_AGAIN: ReadonlySet<unknown> = new Set(['40001', '40P01']);
const ATTEMPTS_MAX = 3;

/**
 * Commits on ok, rolls back on a refusal or a throw. No mail, network, hashing or waiting inside. Runs the work again
 * after a deadlock or a failed serialization, which leave nothing behind.
 */
export async function transact<T, R>(db: Db, work: (tx: Tx) => Promise<Result<T, R>>): Promise<Result<T, R>> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.transaction().execute(async (tx) => {
				const result = await work(tx);
				if (!result.ok) throw new RolledBack(result);
				return result;
			});
		} catch (error) {
			if (error instanceof RolledBack) return error.result as Result<T, R>;
			if (attempt === ATTEMPTS_MAX || !TRY_AGAIN.has((error as { code?: unknown } | null)?.code)) throw error;
		}
	}
}
