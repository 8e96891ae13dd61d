import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { RESPONSE_STATUSES } from '#lib/domain/dialogue/words.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parseIin } from '#lib/domain/identity/iin.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { castBallot, findBallotPaper } from '#lib/server/consultation/index.ts';
import { newId } from '#lib/server/db/new-id.ts';
import {
	giveDemonstrationAccess,
	loadDemonstration,
	type DemonstrationAccount,
} from '#lib/server/demonstration/index.ts';
import {
	confirmResidency,
	findDemonstrationCode,
	isDemonstration,
	proveSecondFactor,
	signIn,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSecondFactor, codeOf } from '#tests/support/factories/second-factor.ts';
import { parseAppCode } from '#lib/domain/identity/second-factor.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { permitFor } from '#tests/support/permit.ts';

const SEED = 7;
const CITIES = 12;

let database: TestDatabase;
let app: ReturnType<typeof testApp>;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.owner);
	const loaded = await loadDemonstration(app, SEED);
	expect(loaded.ok).toBe(true);
});
afterAll(async () => {
	await database.close();
});

/** The rows of a query with one number each. */
async function numbers(query: ReturnType<typeof sql<{ number: number }>>): Promise<number[]> {
	const { rows } = await query.execute(database.owner);
	return rows.map((row) => row.number);
}

describe('a loaded demonstration', () => {
	it('marks the database', async () => {
		expect(await isDemonstration(database.db)).toBe(true);
	});

	it('is refused where there is one already, and changes nothing', async () => {
		const count = sql<{ number: number }>`select count(*)::int as number from account`;
		const before = await numbers(count);
		expect(await loadDemonstration(app, SEED)).toEqual({
			ok: false,
			refusal: { code: 'demonstration_exists' },
		});
		expect(await numbers(count)).toEqual(before);
	});

	it('has some hundred residents, whose addresses all end in .invalid', async () => {
		const [residents, reachable] = await numbers(sql`
			select count(*)::int as number from account
			union all
			select count(*)::int from account where email not like '%.invalid' or email_key <> lower(email)`);
		expect(residents).toBeGreaterThan(240);
		expect(reachable).toBe(0);
	});

	it('has one open and one counted consultation in each city, with texts in three languages', async () => {
		const { rows } = await sql<{ open: number; counted: number; texts: number }>`
			select count(*) filter (where now() >= voting_opens_at and now() < voting_ends_at)::int as open,
				count(*) filter (where counting_ends_at < now())::int as counted,
				min((select count(*) from consultation_text as t where t.consultation_id = c.id))::int as texts
			from consultation as c
			group by city_id`.execute(database.owner);
		expect(rows).toEqual(Array.from({ length: CITIES }, () => ({ open: 1, counted: 1, texts: 3 })));
	});

	it('has exactly one current ballot for each participation, under a pseudonym', async () => {
		const { rows } = await sql<{ participations: number; ballots: number; pseudonyms: number }>`
			select (select count(*)::int from participation p where p.consultation_id = c.id) as participations,
				(select count(*)::int from ballot b where b.consultation_id = c.id and b.is_current) as ballots,
				(select count(distinct pseudonym)::int from ballot b where b.consultation_id = c.id) as pseudonyms
			from consultation as c`.execute(database.owner);
		for (const { participations, ballots, pseudonyms } of rows) {
			expect(participations).toBeGreaterThan(5);
			expect([ballots, pseudonyms]).toEqual([participations, participations]);
		}
	});

	it('keeps every replaced ballot, and each names the one it replaces', async () => {
		const [replaced, replacing] = await numbers(sql`
			select count(*)::int as number from ballot where not is_current
			union all
			select count(*)::int from ballot join ballot as old on old.id = ballot.replaces
				and old.pseudonym = ballot.pseudonym and old.consultation_id = ballot.consultation_id`);
		expect(replaced).toBeGreaterThan(0);
		expect(replacing).toBe(replaced);
	});

	it('has answers in every status, each in Kazakh and Russian, none before its comment or after now', async () => {
		const statuses = await database.owner.selectFrom('response').select('status').distinct().execute();
		expect(statuses.map((row) => row.status).sort()).toEqual([...RESPONSE_STATUSES].sort());
		const faults = await numbers(sql`
			select 1 as number from response_revision r
			join response on response.id = r.response_id
			join comment on comment.id = response.comment_id
			where r.published_at < comment.created_at or r.published_at > now()
				or (select array_agg(language order by language) from response_text t
					where t.response_id = r.response_id and t.revision = r.revision) <> array['kk', 'ru']`);
		expect(faults).toEqual([]);
	});

	it('sends no mail', async () => {
		expect(await numbers(sql`select count(*)::int as number from mail`)).toEqual([0]);
	});

	it('publishes statistics at once', async () => {
		const [releases] = await numbers(sql`select count(*)::int as number from statistics_release`);
		expect(releases).toBe(1);
	});

	it('has an official for no city of which they moderate', async () => {
		const both = await numbers(sql`
			select 1 as number from role_grant a join role_grant b
				on a.account_id = b.account_id and a.city_id = b.city_id and a.role = 'official' and b.role = 'moderator'`);
		expect(both).toEqual([]);
	});
});

describe('access to a demonstration', () => {
	let accounts: readonly DemonstrationAccount[];
	beforeAll(async () => {
		accounts = await giveDemonstrationAccess(app);
	});
	const signInAs = async ({ email, password }: DemonstrationAccount) => {
		const parsed = parseEmailAddress(email);
		return parsed.ok ? await signIn(database, { email: parsed.value, password }) : parsed;
	};

	it('opens an account of each role: official and resident of each city, a second official, the others once', async () => {
		const roles = accounts.map((account) => account.role);
		expect(roles.filter((role) => role === 'official')).toHaveLength(CITIES + 1);
		expect(roles.filter((role) => role === 'resident')).toHaveLength(CITIES);
		expect(roles.slice(2 * CITIES + 1)).toEqual(['moderator', 'analyst', 'administrator']);
		for (const account of accounts.slice(-4)) expect((await signInAs(account)).ok, account.role).toBe(true);
	});

	it('gives staff, and only them, what an app makes codes from', async () => {
		for (const account of accounts) {
			expect(account.totpSecret !== undefined, account.role).toBe(account.role !== 'resident');
		}
		const official = accounts.find(({ role }) => role === 'official')!;
		const signedIn = await signInAs(official);
		const code = parseAppCode(codeOf(official.totpSecret!));
		if (!signedIn.ok || !code.ok) throw new Error('the official cannot sign in');
		const shown = await findDemonstrationCode({ ...app, db: database.db }, signedIn.value.accountId);
		expect([codeOf(official.totpSecret!), codeOf(official.totpSecret!, -1)]).toContain(shown);
		const given = { kind: 'app', code: code.value } as const;
		expect(await proveSecondFactor(app, signedIn.value.accountId, given)).toEqual({ ok: true, value: null });
		const next = await findDemonstrationCode({ ...app, db: database.db }, signedIn.value.accountId);
		expect(next).not.toBe(code.value);
	});

	it('shows no code of an account that is not simulated staff', async () => {
		const somebody = await anAccount(database.db);
		await aSecondFactor(app, somebody.accountId);
		expect(await findDemonstrationCode({ ...app, db: database.db }, somebody.accountId)).toBeNull();
	});

	it('lets the ready resident of a city vote there', async () => {
		const { city, ...account } = accounts.find(({ role }) => role === 'resident')!;
		const signedIn = await signInAs({ city, ...account });
		if (!signedIn.ok || city === null) throw new Error('the ready resident cannot sign in');
		const { id: personId } = await database.db
			.selectFrom('residency')
			.where('account_id', '=', signedIn.value.accountId)
			.where('city_id', '=', city)
			.select('person_id as id')
			.executeTakeFirstOrThrow();
		const consultation = await database.db
			.selectFrom('consultation')
			.where('city_id', '=', city)
			.where('voting_ends_at', '>', sql<Instant>`now()`)
			.select(['city_id as cityId', 'id', 'slug'])
			.executeTakeFirstOrThrow();
		const paper = await findBallotPaper({ ...app, db: database.db }, city, consultation.slug);
		const actor: SignedIn = {
			kind: 'signed_in',
			accountId: signedIn.value.accountId,
			displayName: 'Қонақ',
			emailConfirmed: true,
			consentIsCurrent: true,
			residency: { cityId: city, personId },
			secondFactorGiven: false,
			grants: [],
		};
		const outcome = await castBallot(
			database,
			permitFor(actor, 'ballot.cast', { cityId: city }),
			paper!,
			{ optionIds: paper!.optionIds.slice(0, 2) },
			newId(app),
		);
		expect(outcome).toEqual({ ok: true, value: 'cast' });
	});

	it('comes with codes that make somebody new a resident', async () => {
		const { city, residencyCodes } = accounts.find(({ role }) => role === 'official')!;
		expect(residencyCodes).toHaveLength(3);
		const code = parseResidencyCode(residencyCodes![0]!);
		if (!code.ok || city === null) throw new Error('the code is none');
		const somebody = await anAccount(database.db);
		const permit = permitFor(somebody, 'residency.confirm', { cityId: city });
		const claim = { cityId: city, method: 'code', proof: code.value, ageBand: null } as const;
		expect((await confirmResidency({ ...app, db: database.db }, permit, claim)).ok).toBe(true);
	});

	it('comes with numbers of a list that make somebody new a resident, once however they confirm', async () => {
		const { city, iins } = accounts.find((account) => account.iins !== undefined)!;
		const iin = parseIin(iins![0]!);
		if (!iin.ok || city === null) throw new Error('the number is none');
		const claim = { cityId: city, method: 'iin', proof: iin.value, ageBand: null } as const;
		const confirm = async () => {
			const permit = permitFor(await anAccount(database.db), 'residency.confirm', { cityId: city });
			return await confirmResidency({ ...app, db: database.db }, permit, claim);
		};
		const first = await confirm();
		expect(first.ok).toBe(true);
		expect(await confirm()).toEqual(first);
	});
});

describe('a database that is no demonstration', () => {
	it('is refused when it has accounts, and stays unmarked', async () => {
		const other = await createTestDatabase('seeded');
		try {
			await anAccount(other.owner);
			const refusal = await loadDemonstration(testApp(other.owner), SEED);
			expect(refusal).toEqual({ ok: false, refusal: { code: 'database_in_use' } });
			expect(await isDemonstration(other.db)).toBe(false);
		} finally {
			await other.close();
		}
	});
});
