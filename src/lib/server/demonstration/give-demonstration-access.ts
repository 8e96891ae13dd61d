import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { parseNewPassword, type Password } from '#lib/domain/identity/password.ts';
import type { Capabilities, Random } from '../capabilities.ts';
import {
	hasAnonymousCodes,
	hashPassword,
	issueResidencyCodes,
	makeTotpSecret,
	sealTotpSecret,
	type TotpSecret,
} from '../identity/index.ts';
import { importDemonstrationList } from './import-list.ts';
import { listDemonstrationCities } from './reads.ts';
import { listStaff, type StaffMember } from './staff.ts';

/** What somebody needs to play a part; this is the shape of the file for them. */
export type DemonstrationAccount = {
	readonly role: StaffMember['role'];
	readonly city: CityId | null;
	readonly email: string;
	readonly password: string;
	/** Of staff, who sign in with a code as well: what an app makes the codes from. */
	readonly totpSecret?: TotpSecret;
	/** Of an official: unused codes with which a newly registered account becomes a resident of the city. */
	readonly residencyCodes?: readonly string[];
	/** Of the official of the one city that has a list of residents: numbers on it, with which the same can be done. */
	readonly iins?: readonly string[];
};

const CODES_A_CITY = 3;
const IINS = 3;

/**
 * Gives the accounts of the demonstration's staff new random passwords and secrets for the codes of an app, and each
 * city some residency codes. They are told here once; called again, the passwords and secrets before are void.
 */
export async function giveDemonstrationAccess(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
): Promise<readonly DemonstrationAccount[]> {
	const cities = await listDemonstrationCities(app.db);
	const staff = listStaff(cities.map((city) => city.id)).map((member) => ({
		...member,
		password: makePassword(app.random),
		...(member.role !== 'resident' && { totpSecret: makeTotpSecret(app.random) }),
	}));
	const hashes = await Promise.all(staff.map(({ password }) => hashPassword(password)));
	await app.db
		.updateTable('account')
		.from(
			sql<{
				email: string;
				hash: string;
			}>`unnest(${staff.map(({ email }) => email)}::text[], ${hashes}::text[])`.as<'given'>(
				sql`given(email, hash)`,
			),
		)
		.set((eb) => ({ password_hash: eb.ref('given.hash') }))
		.whereRef('account.email_key', '=', 'given.email')
		.execute();
	await giveSecondFactors(app, staff);
	const [withList] = cities;
	const listed = withList === undefined ? [] : await importDemonstrationList(app, withList);
	const codes = new Map<CityId, readonly string[]>();
	for (const { id } of cities) {
		const isAnonymous = await hasAnonymousCodes(app.db, id);
		const people = Array.from({ length: CODES_A_CITY }, (_, index) => ({
			identity: isAnonymous ? null : (id === withList?.id && listed[IINS + index]) || `${id} ${index}`,
			districtId: null,
		}));
		codes.set(id, await issueResidencyCodes(app, id, people));
	}
	return staff.map(({ role, city, email, password, totpSecret }) => ({
		role,
		city,
		email,
		password,
		...(totpSecret !== undefined && { totpSecret }),
		...(role === 'official' && city !== null && { residencyCodes: codes.get(city)! }),
		...(role === 'official' && city === withList?.id && { iins: listed.slice(0, IINS) }),
	}));
}

/** As if each had connected an app. */
async function giveSecondFactors(
	{ db, keys, random }: Pick<Capabilities, 'db' | 'random' | 'keys'>,
	staff: readonly { readonly email: string; readonly totpSecret?: TotpSecret }[],
): Promise<void> {
	const secrets = new Map(
		staff.flatMap(({ email, totpSecret }) => (totpSecret === undefined ? [] : [[email, totpSecret]])),
	);
	const accounts = await db
		.selectFrom('account')
		.where('email_key', 'in', [...secrets.keys()])
		.select(['id', 'email_key as email'])
		.execute();
	await db
		.insertInto('totp')
		.values(
			accounts.map(({ id, email }) => ({
				account_id: id,
				sealed_secret: sealTotpSecret(keys, random, id, secrets.get(email)!),
				confirmed_at: sql<Instant>`clock_timestamp()`,
			})),
		)
		.onConflict((conflict) =>
			conflict.constraint('totp_pkey').doUpdateSet((eb) => ({
				sealed_secret: eb.ref('excluded.sealed_secret'),
				confirmed_at: eb.ref('excluded.confirmed_at'),
				last_step: 0n,
			})),
		)
		.execute();
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Some 79 bits in letters and digits that look like no other, to be typed from a screen: `k7qm-2f9t-xwac-h4rd`. */
function makePassword(random: Random): Password {
	const fair = 256 - (256 % ALPHABET.length);
	const characters = [...random(GROUPS * GROUP_LENGTH * 8)]
		.filter((byte) => byte < fair)
		.map((byte) => ALPHABET[byte % ALPHABET.length]);
	const groups = Array.from({ length: GROUPS }, (_, index) =>
		characters.slice(index * GROUP_LENGTH, (index + 1) * GROUP_LENGTH).join(''),
	);
	const password = parseNewPassword(groups.join('-'));
	if (!password.ok) throw new Error('a random password was refused');
	return password.value;
}
