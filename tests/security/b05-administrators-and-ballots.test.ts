import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, can } from '#lib/domain/access/can.ts';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { outcomeFor, TABLE } from '#scripts/access/table.ts';
import { fromRoot } from '#scripts/lib/root.mjs';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, aResident } from '#tests/support/factories/account.ts';
import { cast, thePaper } from '#tests/support/factories/ballot.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';

const HERE = 'taraz' as CityId;

let database: TestDatabase;
let administrator: SignedIn;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	administrator = await anAccount(database.db, { grants: [{ role: 'administrator', cityId: null }] });
});
afterAll(async () => {
	await database.close();
});

/** Files of the server that name a table of votes in a query. */
async function filesThatRead(table: string): Promise<string[]> {
	const folder = fromRoot('src');
	const files = (await readdir(folder, { recursive: true })).filter(
		(name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('paraglide'),
	);
	const query = new RegExp(
		`(?:selectFrom|innerJoin|leftJoin|updateTable|deleteFrom|insertInto)\\('${table}\\b|\\b(?:from|join|into|update)\\s+${table}\\b`,
	);
	const found = await Promise.all(
		files.map(async (name) => (query.test(await readFile(path.join(folder, name), 'utf8')) ? name : null)),
	);
	return found.filter((name) => name !== null).sort();
}

describe('B05 an administrator and the ballots', () => {
	// Red when the rule of an action about ballots lets administrators in.
	it('may take no action on a ballot, in no city', () => {
		const onBallots = ACTIONS.filter((action) => /ballot|vote|result/.test(action));
		expect(onBallots).toContain('ballot.cast');
		for (const action of onBallots) {
			for (const cityId of [HERE, null]) expect(can(administrator, action, { cityId })).toBe(false);
		}
	});

	it('gets from every page of a consultation what a resident of nowhere gets', () => {
		const doors = Object.entries(TABLE).filter(([door]) => /consultations|ballot/.test(door));
		expect(doors.length).toBeGreaterThan(5);
		for (const [door, row] of doors) {
			expect(outcomeFor(row, 'administrator'), door).toEqual(outcomeFor(row, 'confirmed'));
		}
	});

	it('has no page on which a ballot stands: only the voter’s own, the count and the statistics read them', async () => {
		expect(await filesThatRead('ballot')).toEqual([
			'lib/server/consultation/ballot-paper.ts',
			'lib/server/consultation/results.ts',
			// Simulated ones, before there is a server.
			'lib/server/demonstration/write-consultations.ts',
			'lib/server/statistics/counts.ts',
		]);
		expect((await filesThatRead('participation')).filter((name) => name.includes('routes'))).toEqual([]);
	});

	// Red when WRITTEN_BY_FUNCTION in db/migrate.ts lacks `ballot`: the server itself cannot do it.
	it.each([
		['change', sql`update ballot set option_ids = '{}'`],
		['delete', sql`delete from ballot`],
		['add', sql`insert into ballot select * from ballot`],
		['hide who took part', sql`delete from participation`],
		['empty', sql`truncate ballot`],
	])('cannot make the server %s ballots: its role may not', async (_, statement) => {
		const consultation = await aConsultation(database, HERE);
		const paper = await thePaper(database.db, consultation);
		await cast(database.db, consultation, await aResident(database.db, HERE), [paper.optionIds[0]!]);
		await expect(statement.execute(database.db)).rejects.toThrow(/permission denied/);
	});
});
