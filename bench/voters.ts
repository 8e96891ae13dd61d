import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { uuidV7, type AccountId, type PersonId } from '#lib/domain/base/ids.ts';
import { CITY, type World } from './world.ts';

/** A resident who is signed in, so far as a request can tell. */
export type Voter = { readonly accountId: AccountId; readonly personId: PersonId; readonly cookie: string };

const DAY_MS = 86_400_000;

/** Puts residents with a confirmed residency and a session into the measured city. */
export async function makeVoters({ owner: { db } }: World, count: number): Promise<Voter[]> {
	const expires = new Date(Date.now() + 29 * DAY_MS).toISOString();
	const voters = Array.from({ length: count }, () => ({
		accountId: uuidV7(Date.now(), randomBytes(16)) as AccountId,
		personId: uuidV7(Date.now(), randomBytes(16)) as PersonId,
		sessionId: randomBytes(20).toString('hex'),
	}));
	for (let start = 0; start < count; start += 500) {
		const batch = voters.slice(start, start + 500);
		await db
			.insertInto('account')
			.values(
				batch.map(({ accountId }) => ({
					id: accountId,
					email: `${accountId}@bench.invalid`,
					email_key: `${accountId}@bench.invalid`,
					password_hash: 'none',
					display_name: 'Тұрғын',
					language: 'kk' as const,
					email_confirmed_at: expires as never,
				})),
			)
			.execute();
		await db
			.insertInto('person')
			.values(
				batch.map(({ personId }) => ({
					city_id: CITY,
					id: personId,
					person_key: randomBytes(32),
					district_id: null,
				})),
			)
			.execute();
		await db
			.insertInto('residency')
			.values(
				batch.map(({ accountId, personId }) => ({
					city_id: CITY,
					account_id: accountId,
					person_id: personId,
					method: 'code' as const,
					age_band: null,
					ended_at: null,
				})),
			)
			.execute();
		await db
			.insertInto('session')
			.values(
				batch.map(({ accountId, sessionId }) => ({
					id_hash: createHash('sha256').update(sessionId).digest(),
					account_id: accountId,
				})),
			)
			.execute();
	}
	return voters.map(({ accountId, personId, sessionId }) => ({
		accountId,
		personId,
		cookie: `session=${sessionId}`,
	}));
}

const HOUR_MS = 3_600_000;
let made = 0;

/** An id later than all before it and not from the future: each request is a new act, never a repetition. */
export function nextSubmissionId(): string {
	return uuidV7(Date.now() - HOUR_MS + ++made, Buffer.from(randomUUID().replaceAll('-', ''), 'hex'));
}
