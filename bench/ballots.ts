import pg from 'pg';
import { findBallotPaper, findOpenConsultation } from '#lib/server/consultation/index.ts';
import { CONNECTIONS, inTurn, measureRate } from './rate.ts';
import { makeVoters, nextSubmissionId, type Voter } from './voters.ts';
import type { Figures } from './words.ts';
import { CITY, type World } from './world.ts';

const VOTERS = 2000;
/** More than any round can use up, so that no voter's form is sent twice. */
const ROUND = 12_000;
const POOL = 10;
const SECONDS = 4;

/**
 * Casting as a browser does (session, form, rules, one statement, redirect), against an action of the same server that
 * does nothing but redirect (signing out where nobody is signed in), and against pg running the same statement alone.
 */
export async function benchBallots(world: World): Promise<Figures> {
	const { db } = world.owner;
	const consultation = await findOpenConsultation(db, CITY, 'kk');
	const paper = consultation && (await findBallotPaper(world.owner, CITY, consultation.slug));
	if (!consultation || !paper) throw new Error('the demonstration has no open consultation');
	const voters = await makeVoters(world, VOTERS);
	const chosen = paper.optionIds.slice(0, paper.maxOptions);
	const path = `/kk/${CITY}/consultations/${consultation.slug}/ballot?/cast`;
	const { url } = world.server;
	const headers = { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };

	const ballotOf = (voter: Voter) => {
		const body = new URLSearchParams(chosen.map((option) => ['option', option]));
		body.set('submissionId', nextSubmissionId());
		return {
			path,
			method: 'POST' as const,
			headers: { ...headers, cookie: voter.cookie },
			body: body.toString(),
		};
	};
	const pool = new pg.Pool({ connectionString: world.databaseUrl, max: POOL });
	const statement = 'select cast_ballot($1, $2, $3, $4, $5, $6, $7) as outcome';
	const pseudonyms = new Map(voters.map(({ personId }) => [personId, paper.pseudonymOf(personId)]));
	let turn = 0;
	const castAlone = async () => {
		const voter = voters[turn++ % voters.length]!;
		const { rows } = await pool.query<{ outcome: string }>(statement, [
			CITY,
			paper.consultationId,
			voter.accountId,
			voter.personId,
			pseudonyms.get(voter.personId),
			nextSubmissionId(),
			chosen,
		]);
		if (rows[0]?.outcome !== 'cast') throw new Error(`cast_ballot answered ${rows[0]?.outcome}`);
	};

	try {
		const before = await countBallots(world);
		let acknowledged = 0;
		const perSecond = await inTurn({
			casting: async () => {
				const requests = Array.from({ length: ROUND }, (_, index) =>
					ballotOf(voters[index % voters.length]!),
				);
				const rate = await measureRate({ url, requests }, SECONDS);
				if (rate.requests > ROUND) throw new Error('forms ran out: make more for a round');
				acknowledged += rate.requests;
				return rate.perSecond;
			},
			empty: async () => {
				const request = { path: '/kk/sign-out', method: 'POST' as const, headers, body: '' };
				return (await measureRate({ url, requests: Array(CONNECTIONS).fill(request) }, SECONDS)).perSecond;
			},
			alone: () => perSecondAlone(castAlone),
		});
		const counted = (await countBallots(world)) - before - turn;
		if (counted < acknowledged) throw new Error(`${acknowledged} ballots acknowledged, ${counted} found`);
		return {
			vs_empty_action: perSecond.casting / perSecond.empty,
			vs_pg: perSecond.casting / perSecond.alone,
			cast_per_second: perSecond.casting,
			empty_action_per_second: perSecond.empty,
			pg_per_second: perSecond.alone,
		};
	} finally {
		await pool.end();
	}
}

async function perSecondAlone(act: () => Promise<void>): Promise<number> {
	const start = performance.now();
	let done = 0;
	const worker = async () => {
		while (performance.now() - start < SECONDS * 1000) {
			await act();
			done += 1;
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, worker));
	return (done / (performance.now() - start)) * 1000;
}

async function countBallots({ owner: { db } }: World): Promise<number> {
	const { ballots } = await db
		.selectFrom('ballot')
		.where('city_id', '=', CITY)
		.select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('ballots'))
		.executeTakeFirstOrThrow();
	return ballots;
}
