import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { recordAct } from './record-act.ts';

export type EraseRefusal =
	{ readonly code: 'audit_entry_unknown' } | { readonly code: 'audit_details_erased' };

/**
 * Erases what an entry tells of before and after, as the law may ask, and records that it was done. The entry itself
 * stays, and so does the chain. Needs the owner's role: nobody else is granted it.
 */
export function eraseDetails(
	app: Pick<Capabilities, 'db' | 'random'>,
	number: number,
): Promise<Result<null, EraseRefusal>> {
	return transact<null, EraseRefusal>(app.db, async (tx) => {
		const entry = await tx
			.selectFrom('audit_entry')
			.where('number', '=', number)
			.select('city_id as cityId')
			.executeTakeFirst();
		if (!entry) return refused({ code: 'audit_entry_unknown' });
		const erased = await tx
			.deleteFrom('audit_detail')
			.where('entry_number', '=', number)
			.returning('entry_number')
			.executeTakeFirst();
		if (!erased) return refused({ code: 'audit_details_erased' });
		await recordAct(tx, app, {
			actorId: null,
			cityId: entry.cityId,
			action: 'audit.erase',
			subject: { kind: 'audit_entry', id: String(number) },
		});
		return ok(null);
	});
}
