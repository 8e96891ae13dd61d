import type { Language } from '#lib/domain/base/language.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { DisplayName } from '#lib/domain/identity/display-name.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';

export type Profile = {
	readonly displayName: DisplayName;
	/** In which mails are written. */
	readonly language: Language;
	/** Told by the resident if they like. It counts for later votes; kept where a residency is. */
	readonly ageBand: AgeBand | null;
};

/** What an account says of itself. The name changes on everything that was published under it. */
export async function changeProfile(
	{ db }: Pick<Capabilities, 'db'>,
	{ actor }: Permit<'account.manage'>,
	{ displayName, language, ageBand }: Profile,
): Promise<void> {
	await transact(db, async (tx) => {
		await tx
			.updateTable('account')
			.set({ display_name: displayName, language })
			.where('id', '=', actor.accountId)
			.execute();
		await tx
			.updateTable('residency')
			.set({ age_band: ageBand })
			.where('account_id', '=', actor.accountId)
			.where('ended_at', 'is', null)
			.execute();
		return ok(null);
	});
}
