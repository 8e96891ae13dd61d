import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, type Action } from '#lib/domain/access/can.ts';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId, CityId, CommentId, PersonId, SubmissionId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { publishResponse } from '#lib/server/dialogue/index.ts';
import {
	cancelVisit,
	configureCity,
	confirmVisit,
	revokeRole,
	withdrawCodes,
	withdrawInvitation,
} from '#lib/server/identity/index.ts';
import { readSources } from '#scripts/check/source-files.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { anEnteredVisit } from '#tests/support/factories/counter.ts';
import { aComment, aDraft } from '#tests/support/factories/dialogue.ts';
import { anAdministrator, anInvitation } from '#tests/support/factories/invitation.ts';
import {
	anAskedBatch,
	aReleasedBatch,
	giveAnonymousCodes,
} from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { permitFor } from '#tests/support/permit.ts';

const HERE = 'taraz' as CityId;

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(() => database.close());

/** Every command that staff need a permit for: does the act, and tells who did it and in which city. */
const ACTS: Readonly<Record<string, () => Promise<{ actor: SignedIn; cityId: CityId | null }>>> = {
	inviteStaff: async () => {
		const { by } = await anInvitation(app, { cityId: HERE });
		return { actor: by, cityId: HERE };
	},
	withdrawInvitation: async () => {
		const { by, id } = await anInvitation(app, { role: 'analyst', cityId: null });
		await withdrawInvitation(app, permitFor(by, 'staff.invite', { cityId: null }), id);
		return { actor: by, cityId: null };
	},
	revokeRole: async () => {
		const actor = await anAdministrator(app);
		const { accountId } = await anOfficial(app.db, HERE);
		const permit = permitFor(actor, 'role.revoke', { cityId: HERE });
		await revokeRole(app, permit, { accountId, role: 'official' });
		return { actor, cityId: HERE };
	},
	importResidents: async () => {
		const official = await anOfficial(app.db, HERE);
		await importFile(app, HERE, aListFile(listArtificialIins(3)), { official });
		return { actor: official, cityId: HERE };
	},
	enterVisit: async () => {
		const { enteredBy, cityId } = await anEnteredVisit(app, await aCity(app.db));
		return { actor: enteredBy, cityId };
	},
	confirmVisit: async () => {
		const { id, cityId } = await anEnteredVisit(app, await aCity(app.db));
		const actor = await anOfficial(app.db, cityId);
		await confirmVisit(app, permitFor(actor, 'counter.manage', { cityId }), id);
		return { actor, cityId };
	},
	cancelVisit: async () => {
		const { id, cityId, enteredBy } = await anEnteredVisit(app, await aCity(app.db));
		await cancelVisit(app, permitFor(enteredBy, 'counter.manage', { cityId }), id);
		return { actor: enteredBy, cityId };
	},
	askForCodes: async () => {
		const { askedBy, cityId } = await anAskedBatch(app, await anAnonymousCity(), 2);
		return { actor: askedBy, cityId };
	},
	releaseCodes: async () => {
		const { releasedBy, cityId } = await aReleasedBatch(app, await anAnonymousCity(), 2);
		return { actor: releasedBy, cityId };
	},
	withdrawCodes: async () => {
		const { id, askedBy, cityId } = await anAskedBatch(app, await anAnonymousCity(), 2);
		await withdrawCodes(app, permitFor(askedBy, 'residency_code.manage', { cityId }), id);
		return { actor: askedBy, cityId };
	},
	configureCity: async () => {
		const actor = await anAdministrator(app);
		const permit = permitFor(actor, 'city.configure', { cityId: HERE });
		await configureCity(app, permit, { residencyMethods: ['code'], anonymousCodes: false });
		return { actor, cityId: HERE };
	},
	publishResponse: async () => {
		const commentId: CommentId = await aComment(app.db, toSubject(HERE, 2027, 'expenditure', '06'));
		const actor = await anOfficial(app.db, HERE);
		await publishResponse(app, permitFor(actor, 'response.publish', { cityId: HERE }), {
			commentId,
			submissionId: newId<SubmissionId>(app),
			revisionSeen: 0,
			draft: aDraft(),
		});
		return { actor, cityId: HERE };
	},
};

async function anAnonymousCity(): Promise<CityId> {
	const cityId = await aCity(app.db);
	await giveAnonymousCodes(app.db, cityId);
	return cityId;
}

describe('every act of staff', () => {
	it('is in the table here, and no other', async () => {
		expect(Object.keys(ACTS).sort()).toEqual((await listStaffFunctions()).sort());
	});

	for (const [name, act] of Object.entries(ACTS)) {
		it(`${name} writes an entry that names the actor and the city`, async () => {
			const before = await lastNumber();
			const { actor, cityId } = await act();
			const entries = await app.db
				.selectFrom('audit_entry')
				.where('number', '>', before)
				.where('actor_id', '=', actor.accountId)
				.select(['actor_id as actorId', 'city_id as cityId'])
				.orderBy('number')
				.execute();
			expect(entries).toContainEqual({ actorId: actor.accountId, cityId });
		});
	}
});

async function lastNumber(): Promise<number> {
	const last = await app.db
		.selectFrom('audit_entry')
		.select('number')
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirst();
	return last?.number ?? 0;
}

/** The exported functions of the server that take a permit which no resident gets, but some member of staff does. */
async function listStaffFunctions(): Promise<string[]> {
	const sources = await readSources('src/lib/server', ['.ts']);
	return sources.flatMap(({ name, text }) => {
		const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
		return file.statements.filter(isExportedFunction).flatMap((statement) => {
			const permits = statement.parameters.flatMap((parameter) => permitsIn(parameter.type?.getText() ?? ''));
			return permits.some(isOfStaff) ? [statement.name?.text ?? 'default'] : [];
		});
	});
}

function isExportedFunction(statement: ts.Statement): statement is ts.FunctionDeclaration {
	return (
		ts.isFunctionDeclaration(statement) &&
		(statement.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
	);
}

/** The actions of `Permit<'a'>` and `Permit<'a' | 'b'>`. */
function permitsIn(type: string): Action[] {
	return [...type.matchAll(/\bPermit<([^>]*)>/g)].flatMap(([, actions = '']) =>
		[...actions.matchAll(/'([^']+)'/g)].map(([, action]) => action as Action),
	);
}

function isOfStaff(action: Action): boolean {
	return !can(RESIDENT, action, { cityId: HERE }) && can(ALL_STAFF, action, { cityId: HERE });
}

const RESIDENT: SignedIn = {
	kind: 'signed_in',
	accountId: '01890000-0000-7000-8000-000000000001' as AccountId,
	displayName: 'Айгүл С.',
	emailConfirmed: true,
	consentIsCurrent: true,
	residency: { cityId: HERE, personId: '01890000-0000-7000-8000-000000000002' as PersonId },
	secondFactorGiven: true,
	grants: [],
};
const ROLES = ['official', 'moderator', 'analyst', 'administrator'] as const satisfies readonly StaffRole[];
const ALL_STAFF: SignedIn = {
	...RESIDENT,
	grants: ROLES.flatMap((role) => [
		{ role, cityId: HERE },
		{ role, cityId: null },
	]),
};
