import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { ResidencyMethod } from '#lib/domain/identity/words.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	configureCity,
	confirmResidency,
	listOpenMethods,
	listResidencyMethods,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { anAdministrator } from '#tests/support/factories/invitation.ts';
import { aCode } from '#tests/support/factories/registration.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(() => database.close());

async function configure(cityId: CityId, ...residencyMethods: ResidencyMethod[]) {
	const permit = permitFor(await anAdministrator(app), 'city.configure', { cityId });
	return await configureCity(app, permit, { residencyMethods, anonymousCodes: false });
}

describe('the ways to prove residency', () => {
	it('are all open where nothing was set, as far as they have what they need', async () => {
		const city = 'semey' as CityId;
		expect(await listOpenMethods(app.db, city)).toEqual(['iin', 'oidc', 'code', 'counter']);
		expect(await listResidencyMethods(app, city)).toEqual(['code']);
	});

	it('are closed by an administrator in one city and opened again, and a closed one proves nothing', async () => {
		const city = 'oral' as CityId;
		await importFile(app, city, aListFile(listArtificialIins(1)));
		expect(await configure(city, 'iin')).toEqual({ ok: true, value: null });
		expect(await listResidencyMethods(app, city)).toEqual(['iin']);
		expect(await listOpenMethods(app.db, 'taraz' as CityId)).toEqual(['iin', 'oidc', 'code', 'counter']);

		const permit = permitFor(await anAccount(app.db), 'residency.confirm', { cityId: city });
		const claim = { cityId: city, method: 'code', proof: await aCode(app, city), ageBand: null } as const;
		expect(await confirmResidency(app, permit, claim)).toEqual({
			ok: false,
			refusal: { code: 'residency_method_closed' },
		});
		expect(await configure(city, 'code', 'iin')).toEqual({ ok: true, value: null });
		expect(await confirmResidency(app, permit, claim)).toMatchObject({ ok: true });
	});

	it('are never all closed, nor all but one that cannot work yet', async () => {
		const city = 'aktobe' as CityId;
		const refusal = { ok: false, refusal: { code: 'residency_methods_none' } };
		expect(await configure(city)).toEqual(refusal);
		expect(await configure(city, 'iin')).toEqual(refusal);
		expect(await listResidencyMethods(app, city)).toEqual(['code']);
	});
});
