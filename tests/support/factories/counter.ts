import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId, CounterVisitId } from '#lib/domain/base/ids.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { parseResidencyCode, type ResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { enterVisit, openVisit } from '#lib/server/identity/index.ts';
import { permitFor } from '../permit.ts';
import { anAccount, anOfficial } from './account.ts';

const [NOBODYS] = listArtificialIins(1) as [Iin];

/** The code that an account shows at the counter of a city with two officials, as it is typed. */
export async function aVisitCode(
	app: Capabilities,
	cityId: CityId,
	actor: SignedIn,
	moving = false,
): Promise<ResidencyCode> {
	const permit = permitFor(actor, 'residency.confirm', { cityId: null });
	const opened = await openVisit(app, permit, { cityId, ageBand: null, moving });
	if (!opened.ok) throw new Error(`refused: ${opened.refusal.code}`);
	const code = parseResidencyCode(opened.value);
	if (!code.ok) throw new Error(`refused: ${code.refusal.code}`);
	return code.value;
}

type Wishes = {
	iin?: Iin;
	visitor?: SignedIn;
	displayName?: string;
	enteredBy?: SignedIn;
	moving?: boolean;
};

/** Somebody at the counter whom one official has entered; another official of the city is there to confirm. */
export async function anEnteredVisit(
	app: Capabilities,
	cityId: CityId,
	{ iin = NOBODYS, visitor, displayName = 'Айгүл С.', enteredBy, moving = false }: Wishes = {},
) {
	const actor = visitor ?? (await anAccount(app.db, { displayName }));
	const official = enteredBy ?? (await anOfficial(app.db, cityId));
	const second = await anOfficial(app.db, cityId);
	const code = await aVisitCode(app, cityId, actor, moving);
	const entered = await enterVisit(app, permitFor(official, 'counter.manage', { cityId }), { code, iin });
	if (!entered.ok) throw new Error(`refused: ${entered.refusal.code}`);
	const { id } = await app.db
		.selectFrom('counter_visit')
		.where('city_id', '=', cityId)
		.where('account_id', '=', actor.accountId)
		.select('id')
		.executeTakeFirstOrThrow();
	return { id: id as CounterVisitId, cityId, code, visitor: actor, enteredBy: official, second };
}
