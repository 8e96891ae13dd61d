import { sql } from 'kysely';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { hashPassword } from '../identity/index.ts';
import { publishRelease } from '../statistics/index.ts';
import { daysAfter } from './moments.ts';
import { planDemonstration, type DemonstrationCity, type PlannedCity } from './plan.ts';
import { listDemonstrationCities, listDemonstrationSubjects } from './reads.ts';
import { listStaff } from './staff.ts';
import { writeComments } from './write-comments.ts';
import { writeConsultations } from './write-consultations.ts';
import { writeResidents, writeStaff } from './write-residents.ts';

export type LoadRefusal = {
	/** `database_in_use`: there are accounts, and whoever they belong to is not simulated. */
	readonly code: 'demonstration_exists' | 'database_in_use';
};

const STAFF_DAYS_AGO = 100;
/** The first of the cities gets a list from `giveDemonstrationAccess`. */
const CITIES_WITH_LIST = 1;

/**
 * Fills a database that has cities and budgets but no accounts with simulated people and what they did, and marks it as
 * a demonstration, all or nothing. Nobody can sign in until `giveDemonstrationAccess`. The database must be opened as
 * its owner: the role that serves may write no ballots. Statistics of the days before today are published at once.
 */
export async function loadDemonstration(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
	seed: number,
): Promise<Result<null, LoadRefusal>> {
	const now = app.clock();
	const cities = await listDemonstrationCities(app.db);
	const subjects = await listDemonstrationSubjects(app.db, Number(now.slice(0, 4)));
	const plan = planDemonstration(seed, cities, subjects, now);
	const passwordHash = await hashNobodysPassword(app);
	const loaded = await transact<null, LoadRefusal>(app.db, async (tx) => {
		const isFirst = await markDemonstration(tx, seed);
		if (!isFirst) return refused({ code: 'demonstration_exists' });
		const anybody = await tx.selectFrom('account').select('id').limit(1).executeTakeFirst();
		if (anybody) return refused({ code: 'database_in_use' });

		const staff = listStaff(cities.map((city) => city.id));
		const officials = await writeStaff(tx, app, staff, passwordHash, daysAfter(now, -STAFF_DAYS_AGO));
		await writeSettings(tx, cities.slice(CITIES_WITH_LIST));
		await writePlan(tx, app, plan, officials, passwordHash);
		await sql`analyze account, person, residency, comment, response, response_revision, response_text, consultation,
			consultation_text, consultation_option, participation, ballot`.execute(tx);
		return ok(null);
	});
	if (loaded.ok) await publishRelease(app);
	return loaded;
}

/** One hash for all simulated accounts, of a password that is thrown away. */
function hashNobodysPassword({ random }: Pick<Capabilities, 'random'>): Promise<string> {
	const password = parseNewPassword(Buffer.from(random(32)).toString('base64url'));
	if (!password.ok) throw new Error('a random password was refused');
	return hashPassword(password.value);
}

async function markDemonstration(tx: Tx, seed: number): Promise<boolean> {
	const mark = await tx
		.insertInto('demonstration')
		.values({ seed })
		.onConflict((conflict) => conflict.constraint('demonstration_one_row').doNothing())
		.returning('seed')
		.executeTakeFirst();
	return mark !== undefined;
}

/** Where no list of residents comes, codes name nobody and are the only way. Before any vote opens: later it is refused. */
async function writeSettings(tx: Tx, cities: readonly Pick<DemonstrationCity, 'id'>[]): Promise<void> {
	await tx
		.insertInto('city_setting')
		.values(cities.map(({ id }) => ({ city_id: id, residency_methods: ['code'], anonymous_codes: true })))
		.execute();
}

async function writePlan(
	tx: Tx,
	app: Pick<Capabilities, 'random' | 'keys'>,
	plan: readonly PlannedCity[],
	officials: ReadonlyMap<CityId, AccountId>,
	passwordHash: string,
): Promise<void> {
	const residents = await writeResidents(tx, app, plan, passwordHash);
	await writeComments(tx, app, plan, residents, officials);
	await writeConsultations(
		tx,
		app,
		plan.flatMap(({ cityId, consultations }) =>
			consultations.map((consultation) => ({
				cityId,
				consultation: {
					...consultation,
					ballots: consultation.ballots.map((ballot) => ({
						...ballot,
						voter: { ...ballot.voter, ...residents.get(ballot.voter)! },
					})),
				},
			})),
		),
	);
}
