import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { findConsultation } from '#lib/server/consultation/index.ts';
import { limit } from '#lib/server/http/index.ts';
import {
	beginHalfSignIn,
	deleteWhatHasExpired,
	findActor,
	findHalfSignIn,
	findLink,
	startSession,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aJar, latestToken, register } from '#tests/support/factories/registration.ts';

const HERE = 'taraz' as CityId;
const HOUR_MS = 3_600_000;
/** What a clock does that is set by hand, or after a long sleep. */
const JUMPS = [-HOUR_MS, HOUR_MS, -400 * 24 * HOUR_MS, 400 * 24 * HOUR_MS];

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
	await database.close();
});

function jump(milliseconds: number): void {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

// Red when one of them asks `new Date()` where it asks clock_timestamp(): session.ts, rate-limit.ts, one-time-token.ts.
describe.each(JUMPS)('H05 when the clock of the server jumps by %i milliseconds', (milliseconds) => {
	it('sessions go on', async () => {
		const jar = aJar();
		await startSession(app, jar, (await anAccount(app.db)).accountId);
		jump(milliseconds);
		expect((await findActor(app, jar)).kind).toBe('signed_in');
		const later = aJar();
		await startSession(app, later, (await anAccount(app.db)).accountId);
		vi.useRealTimers();
		expect((await findActor(app, later)).kind).toBe('signed_in');
	});

	it('a sign-in half done and a link of a mail are neither over nor made longer', async () => {
		const accountId = await register(app);
		const jar = aJar();
		await beginHalfSignIn(app, jar, accountId);
		const token = await latestToken(app, accountId);
		jump(milliseconds);
		expect(await findHalfSignIn(app, jar)).not.toBeNull();
		expect(await findLink(app.db, token, 'confirm_email')).toMatchObject({ state: 'waiting' });
		await deleteWhatHasExpired(app);
		expect(await findLink(app.db, token, 'confirm_email')).toMatchObject({ state: 'waiting' });
	});

	it('limits count on', async () => {
		const key = `jump ${milliseconds}`;
		for (let attempt = 0; attempt < 3; attempt++) await limit(app, 'confirmation.resend', key);
		jump(milliseconds);
		expect(await limit(app, 'confirmation.resend', key)).toMatchObject({ ok: false });
	});

	it('phases stay', async () => {
		const { slug } = await aConsultation(database, HERE);
		jump(milliseconds);
		expect(await findConsultation(app.db, HERE, slug, 'kk')).toMatchObject({ phase: 'voting' });
	});
});
