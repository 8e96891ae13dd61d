import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Tx } from '../capabilities.ts';

/**
 * All administrators, their grants locked in one order: of two who would each leave the other as the last, the second
 * waits, and sees what the first has done.
 */
export async function lockAdministrators(tx: Tx): Promise<AccountId[]> {
	const administrators = await tx
		.selectFrom('role_grant')
		.where('role', '=', 'administrator')
		.select('account_id as accountId')
		.orderBy('account_id')
		.forUpdate()
		.execute();
	return administrators.map(({ accountId }) => accountId);
}
