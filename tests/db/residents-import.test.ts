import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { LIST_FAULTS_MAX, UNLISTED_DAYS } from '#lib/domain/identity/residents-list.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	countListedResidents,
	deleteWhatHasExpired,
	listResidentsImports,
	listRowFaults,
	toIdentityKey,
	toPersonKey,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aListFile, importFile, inPieces } from '#tests/support/factories/residents-list.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

const numbers = artificialIins();
const some = (count: number): Iin[] => Array.from({ length: count }, () => numbers.next().value as Iin);
const text = (...lines: string[]) => Buffer.from(lines.join('\n'));

const listed = async (cityId: CityId) => (await countListedResidents(app.db, cityId)).listed;

async function districtOf(cityId: CityId, iin: Iin): Promise<string | null | undefined> {
	const person = await app.db
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.where('person_key', '=', toPersonKey(app.keys, cityId, iin))
		.select('district_id as districtId')
		.executeTakeFirst();
	return person?.districtId;
}

/** What is said of each bad row. */
const faultsOf = async (cityId: CityId, { id }: Awaited<ReturnType<typeof importFile>>) =>
	(await listRowFaults(app.db, cityId, id)).map(({ line, code }) => `${line} ${code}`);

describe('a list of residents', () => {
	it('is kept as keyed hashes with districts, by their names in any language', async () => {
		const cityId = 'almaty' as CityId;
		const [first, second, third, fourth] = some(4) as [Iin, Iin, Iin, Iin];
		const file = text(
			'ИИН;ФИО;Район',
			`${first};Кто-то;Алатауский район`,
			`${second};;МЕДЕУ АУДАНЫ`,
			`${third};;turksib`,
			`${fourth};;`,
		);
		expect(await importFile(app, cityId, file)).toMatchObject({
			...{ refusal: null, rowCount: 4, addedCount: 4, changedCount: 0, removedCount: 0, faultCount: 0 },
		});
		expect(await districtOf(cityId, first)).toBe('alatau');
		expect(await districtOf(cityId, second)).toBe('medeu');
		expect(await districtOf(cityId, third)).toBe('turksib');
		expect(await districtOf(cityId, fourth)).toBeNull();
	});

	it('replaces the one before, telling how it differs', async () => {
		const cityId = await aCity(app.db);
		const stays = some(30);
		await importFile(app, cityId, aListFile([...stays, ...some(2)]));
		const replaced = await importFile(app, cityId, aListFile([...stays, ...some(3)]));
		expect(replaced).toMatchObject({ refusal: null, addedCount: 3, changedCount: 0, removedCount: 2 });
		expect(await listed(cityId)).toBe(33);
	});

	it('moves people to their new districts, in the list and where they are confirmed', async () => {
		const cityId = 'shymkent' as CityId;
		const [iin] = some(1) as [Iin];
		await importFile(app, cityId, aListFile([[iin, 'Абай']]));
		const { personId } = (await aResident(app.db, cityId)).residency;
		await app.db
			.updateTable('person')
			.set({ person_key: toPersonKey(app.keys, cityId, iin), district_id: 'abai' as never })
			.where('id', '=', personId)
			.execute();
		expect(await importFile(app, cityId, aListFile([[iin, 'Тұран']]))).toMatchObject({
			...{ addedCount: 0, changedCount: 1, removedCount: 0 },
		});
		expect(await districtOf(cityId, iin)).toBe('turan');
		const person = await app.db
			.selectFrom('person')
			.where('id', '=', personId)
			.select('district_id as districtId')
			.executeTakeFirstOrThrow();
		expect(person.districtId).toBe('turan');
	});

	it('of one city says nothing about another', async () => {
		const [here, there] = [await aCity(app.db), await aCity(app.db)];
		const iins = some(5);
		await importFile(app, here, aListFile(iins));
		await importFile(app, there, aListFile(some(7)));
		expect(await listed(here)).toBe(5);
		const keys = [here, there].map((cityId) => Buffer.from(toPersonKey(app.keys, cityId, iins[0]!)));
		expect(keys[0]!.equals(keys[1]!)).toBe(false);
	});

	it('is recorded in the audit log by its counts', async () => {
		const cityId = await aCity(app.db);
		const official = await anOfficial(app.db, cityId);
		const { id } = await importFile(app, cityId, aListFile(some(3)), { official });
		const entry = await app.db
			.selectFrom('audit_entry')
			.innerJoin('audit_detail', 'audit_detail.entry_number', 'audit_entry.number')
			.where('subject_id', '=', id)
			.select(['action', 'actor_id as actorId', 'city_id as cityId', 'details'])
			.executeTakeFirstOrThrow();
		expect(entry).toMatchObject({ action: 'residents.import', actorId: official.accountId, cityId });
		expect(JSON.stringify(entry.details)).toContain('"added":3');
	});

	it('counts numbers of an unusual form, and takes them', async () => {
		const cityId = await aCity(app.db);
		const file = text('iin', '900231300004', '901301300007', '900101700002', '700101300005');
		expect(await importFile(app, cityId, file)).toMatchObject({
			refusal: null,
			addedCount: 4,
			unusualCount: 3,
		});
	});
});

describe('bad rows', () => {
	const rows = (good: readonly Iin[]) =>
		text(
			'iin;district',
			good[0]!,
			'70010130000;',
			'700101300006;',
			'7001O1300005;',
			'000101500220;',
			'000000000000;',
			'000140000015;',
			`${good[1]};Марс`,
			`${good[0]};Абай`,
			'',
			';',
			';Абай',
			`"${good[2]}";"Абай"`,
		);
	const EXPECTED = [
		...['3 iin_length', '4 iin_check_digit', '5 iin_letters', '6 iin_never_issued', '7 iin_zeros'],
		...['8 iin_company', '9 list_district_unknown', '10 list_row_repeated', '13 iin_missing'],
	];

	it('are each told with line and reason, and change nothing', async () => {
		const cityId = 'shymkent' as CityId;
		const before = await listed(cityId);
		const refused = await importFile(app, cityId, rows(some(3)));
		expect(refused).toMatchObject({
			refusal: { code: 'list_has_faults', line: null },
			...{ rowCount: 11, faultCount: 9, addedCount: 0, removedCount: 0 },
		});
		expect(await faultsOf(cityId, refused)).toEqual(EXPECTED);
		expect(await listed(cityId)).toBe(before);
	});

	it('are left out when the official says so', async () => {
		const cityId = 'karaganda' as CityId;
		const good = some(3);
		const file = Buffer.from(rows(good).toString().replaceAll('Абай', 'Қазыбек би'));
		const taken = await importFile(app, cityId, file, { skipFaults: true });
		expect(taken).toMatchObject({ refusal: null, faultCount: 9, addedCount: 2 });
		expect(await faultsOf(cityId, taken)).toEqual(EXPECTED);
		expect(await districtOf(cityId, good[0]!)).toBeNull();
		expect(await districtOf(cityId, good[2]!)).toBe('kazybek-bi');
	});

	it('tell where a repeated number stood first', async () => {
		const cityId = await aCity(app.db);
		const [iin, other] = some(2) as [Iin, Iin];
		const { id } = await importFile(app, cityId, text('iin', iin, other, iin));
		expect(await listRowFaults(app.db, cityId, id)).toMatchObject([{ line: 4, earlierLine: 2 }]);
	});

	it('are kept without the numbers, and for a while only', async () => {
		const cityId = await aCity(app.db);
		const refused = await importFile(app, cityId, text('iin', '700101300006'));
		const [fault] = await listRowFaults(app.db, cityId, refused.id);
		expect(fault?.maskedIin).toBe('********0006');
		await app.db
			.updateTable('residents_import')
			.set({ imported_at: sql<Instant>`clock_timestamp() - interval '31 days'` })
			.where('id', '=', refused.id)
			.execute();
		await deleteWhatHasExpired(app);
		expect(await listRowFaults(app.db, cityId, refused.id)).toEqual([]);
		expect(await listResidentsImports(app.db, cityId, 5)).toMatchObject([{ faultCount: 1 }]);
	});
});

describe('who is missing from a new list', () => {
	async function aListedResident(cityId: CityId, iin: Iin) {
		const resident = await aResident(app.db, cityId);
		await app.db
			.updateTable('person')
			.set({ person_key: toPersonKey(app.keys, cityId, iin) })
			.where('id', '=', resident.residency.personId)
			.execute();
		const read = () =>
			app.db
				.selectFrom('residency')
				.where('account_id', '=', resident.accountId)
				.select([
					sql<boolean>`unlisted_at is not null`.as('marked'),
					sql<boolean>`ended_at is not null`.as('ended'),
				])
				.executeTakeFirstOrThrow();
		return { ...resident, read };
	}

	it('stays a resident, is marked, and is like any other once listed again', async () => {
		const cityId = await aCity(app.db);
		const [iin, ...others] = some(20) as [Iin, ...Iin[]];
		await importFile(app, cityId, aListFile([iin, ...others]));
		const gone = await aListedResident(cityId, iin);
		const byCode = await aResident(app.db, cityId);
		await importFile(app, cityId, aListFile(others));
		expect(await gone.read()).toEqual({ marked: true, ended: false });
		expect((await countListedResidents(app.db, cityId)).unlisted).toBe(1);
		const never = await app.db
			.selectFrom('residency')
			.where('account_id', '=', byCode.accountId)
			.select('unlisted_at as unlistedAt')
			.executeTakeFirst();
		expect(never).toEqual({ unlistedAt: null });
		await importFile(app, cityId, aListFile([iin, ...others]));
		expect(await gone.read()).toEqual({ marked: false, ended: false });
	});

	it.each([
		['by their number, while the list that lacks them came in', 'iin'],
		['by a code that was out already', 'code'],
	] as const)('is marked by the next list when they confirmed %s', async (_, method) => {
		const cityId = await aCity(app.db);
		const [iin, ...others] = some(20) as [Iin, ...Iin[]];
		await importFile(app, cityId, aListFile(others));
		const late = await aListedResident(cityId, iin);
		await app.db.updateTable('residency').set({ method }).where('account_id', '=', late.accountId).execute();
		const { personId } = late.residency;
		await app.db
			.insertInto('person_home')
			.values({ identity_key: toIdentityKey(app.keys, iin), city_id: cityId, person_id: personId })
			.execute();
		await importFile(app, cityId, aListFile([...others, ...some(1)]));
		expect(await late.read()).toEqual({ marked: true, ended: false });
	});

	it('may vote while they are listed again with another district', async () => {
		const cityId = 'shymkent' as CityId;
		const [iin, ...others] = some(20) as [Iin, ...Iin[]];
		await importFile(app, cityId, aListFile([[iin, 'Абай'], ...others]), { allowShorter: true });
		const resident = await aListedResident(cityId, iin);
		await importFile(app, cityId, aListFile(others), { allowShorter: true });
		expect(await resident.read()).toEqual({ marked: true, ended: false });

		const { personId } = resident.residency;
		// The locks of `cast_ballot`, in its order.
		const importing = await app.db.transaction().execute(async (tx) => {
			await sql`select from person where id = ${personId} for no key update`.execute(tx);
			const relisting = importFile(app, cityId, aListFile([[iin, 'Тұран'], ...others]), {
				allowShorter: true,
			});
			await untilSomeoneWaits(database);
			await sql`select from residency where person_id = ${personId} for share nowait`.execute(tx);
			return { relisting };
		});
		expect(await importing.relisting).toMatchObject({ refusal: null });
		expect(await resident.read()).toEqual({ marked: false, ended: false });
	});

	it('is a resident no more when no list names them for ninety days', async () => {
		const cityId = await aCity(app.db);
		const [iin, ...others] = some(20) as [Iin, ...Iin[]];
		await importFile(app, cityId, aListFile([iin, ...others]));
		const gone = await aListedResident(cityId, iin);
		await importFile(app, cityId, aListFile(others));
		const missingFor = async (days: number) => {
			await app.db
				.updateTable('residency')
				.set({ unlisted_at: sql<Instant>`clock_timestamp() - make_interval(days => ${days})` })
				.where('account_id', '=', gone.accountId)
				.execute();
			await deleteWhatHasExpired(app);
			return (await gone.read()).ended;
		};
		expect(await missingFor(UNLISTED_DAYS - 1)).toBe(false);
		expect(await missingFor(UNLISTED_DAYS)).toBe(true);
	});

	it('must be few, or the official must say that it is so', async () => {
		const cityId = await aCity(app.db);
		const before = some(100);
		await importFile(app, cityId, aListFile(before));
		const half = aListFile(before.slice(0, 50));
		const refused = await importFile(app, cityId, half);
		expect(refused).toMatchObject({ refusal: { code: 'list_much_shorter' }, removedCount: 0 });
		expect(await listed(cityId)).toBe(100);
		expect(await importFile(app, cityId, half, { allowShorter: true })).toMatchObject({
			refusal: null,
			removedCount: 50,
		});
	});
});

describe('F01 a file', () => {
	const utf16 = (big: boolean, mark: boolean) => (content: string) => {
		const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${content}`, 'utf16le');
		return big ? bytes.swap16() : bytes;
	};
	const windows1251 = (content: string) => {
		const decoder = new TextDecoder('windows-1251');
		const byLetter = new Map(
			Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
		);
		return Buffer.from(Array.from(content, (letter) => byLetter.get(letter)!));
	};
	const lines = (iin: Iin, delimiter: string, end: string) =>
		[['ИИН', 'Район'], [iin, 'Медеуский район'], ['']].map((row) => row.join(delimiter)).join(end);

	it.each([
		['UTF-8 with its mark', (content: string) => Buffer.from(`\ufeff${content}`), ';', '\r\n'],
		['UTF-8 with commas', (content: string) => Buffer.from(content), ',', '\n'],
		['UTF-8 with tabs and CR only', (content: string) => Buffer.from(content), '\t', '\r'],
		['UTF-16', utf16(false, true), '\t', '\r\n'],
		['UTF-16, the other way round', utf16(true, true), ';', '\n'],
		['UTF-16 without a mark', utf16(false, false), ';', '\r\n'],
		['Windows-1251', windows1251, ';', '\r\n'],
	])('is read in %s', async (_, encode, delimiter, end) => {
		const cityId = 'almaty' as CityId;
		for (const pieces of [1, 50_000]) {
			const [iin] = some(1) as [Iin];
			// A city's whole list of one: what matters here is how it is read.
			const taken = await importFile(app, cityId, encode(lines(iin, delimiter, end)), {
				pieces,
				allowShorter: true,
			});
			expect(taken).toMatchObject({ refusal: null, addedCount: 1 });
			expect(await districtOf(cityId, iin)).toBe('medeu');
		}
	});

	it('with Cyrillic far behind its Latin beginning is read in its own encoding', async () => {
		const cityId = 'taraz' as CityId;
		const iins = some(6_000);
		const file = [...iins.map((iin) => `${iin};`), `${some(1)[0]};Аулиеата`];
		for (const encode of [windows1251, (content: string) => Buffer.from(content)]) {
			const taken = await importFile(app, cityId, encode(['iin;district', ...file].join('\n')), {
				allowShorter: true,
			});
			expect(taken).toMatchObject({ refusal: null, rowCount: 6_001, faultCount: 0 });
		}
	});

	const [good] = some(1) as [Iin];
	const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(100)]);
	it.each<[string, Buffer, string, number | null]>([
		['nothing in it', Buffer.alloc(0), 'list_empty', null],
		['a header only', text('iin;district'), 'list_empty', null],
		['no header', text(good, good), 'list_header', 1],
		['other columns', text('name;phone', 'Айгүл;123'), 'list_header', 1],
		['a spreadsheet in it', zip, 'list_not_text', null],
		['a quotation mark open at the end', text('iin', good, '"123'), 'list_broken', 3],
		['a line without end', Buffer.concat([text('iin', ''), Buffer.alloc(200_000, '7')]), 'list_broken', 2],
		['a first line without end', Buffer.alloc(200_000, 'i'), 'list_broken', 1],
		['bad rows only', text('iin', '123'), 'list_has_faults', null],
	])('with %s is refused with a reason', async (_, file, code, line) => {
		const cityId = await aCity(app.db);
		const refused = await importFile(app, cityId, file);
		expect(refused.refusal).toEqual({ code, line });
		expect(await listed(cityId)).toBe(0);
	});

	it('with two encodings is refused from where the second begins', async () => {
		const cityId = await aCity(app.db);
		const iins = some(5_000);
		const file = Buffer.concat([text('жсн', ...iins, ''), Buffer.from([0xcf, 0xf0, 0x0a])]);
		const { refusal } = await importFile(app, cityId, file);
		expect(refusal?.code).toBe('list_encoding');
		expect(refusal?.line).toBeGreaterThan(3_000);
	});

	it('with NUL and ragged rows is read as far as its rows are good', async () => {
		const cityId = await aCity(app.db);
		const [first, second] = some(2) as [Iin, Iin];
		const file = text('district;iin', `a;${first};more;and more`, `\0;${second}`, 'b', `\0`, `;\0${first}`);
		const refused = await importFile(app, cityId, file);
		expect(await faultsOf(cityId, refused)).toEqual(['4 iin_missing', '5 iin_missing', '6 iin_letters']);
	});

	it('with a bad row for every line is given up before the report fills the memory', async () => {
		const cityId = await aCity(app.db);
		const file = text('iin', ...Array<string>(LIST_FAULTS_MAX + 5).fill('1'));
		const refused = await importFile(app, cityId, file, { skipFaults: true });
		expect(refused).toMatchObject({
			refusal: { code: 'list_too_many_faults', line: LIST_FAULTS_MAX + 2 },
			faultCount: LIST_FAULTS_MAX,
		});
	});
});

describe('F05 an import', () => {
	it('sent twice is one import', async () => {
		const cityId = await aCity(app.db);
		const file = aListFile(some(5));
		const first = await importFile(app, cityId, file);
		expect(await importFile(app, cityId, file)).toEqual(first);
		expect(await listResidentsImports(app.db, cityId, 5)).toHaveLength(1);
	});

	it('sent twice with bad rows is one refusal, and may then be sent with other wishes', async () => {
		const cityId = await aCity(app.db);
		const file = text('iin', some(1)[0]!, '1');
		const refused = await importFile(app, cityId, file);
		expect(await importFile(app, cityId, file)).toEqual(refused);
		expect(await importFile(app, cityId, file, { skipFaults: true })).toMatchObject({ refusal: null });
		expect(await listed(cityId)).toBe(1);
	});

	it('that was refused is taken once the cause is mended', async () => {
		const cityId = await aCity(app.db);
		const [first, ...rest] = some(30) as [Iin, ...Iin[]];
		await importFile(app, cityId, aListFile([first, ...rest]));
		const file = aListFile([first]);
		expect(await importFile(app, cityId, file)).toMatchObject({ refusal: { code: 'list_much_shorter' } });
		await app.db.deleteFrom('listed_person').where('city_id', '=', cityId).execute();
		expect(await importFile(app, cityId, file)).toMatchObject({ refusal: null, addedCount: 1 });
		expect(await listed(cityId)).toBe(1);
	});

	it('by two officials at once leaves one list, whole', async () => {
		const cityId = await aCity(app.db);
		const lists = [some(2_000), some(2_000)];
		const imports = await Promise.all(
			lists.map((iins) => importFile(app, cityId, aListFile(iins), { allowShorter: true })),
		);
		expect(imports.map(({ refusal }) => refusal)).toEqual([null, null]);
		expect(await listed(cityId)).toBe(2_000);
		const present = await Promise.all(lists.map(async ([iin]) => await districtOf(cityId, iin!)));
		expect(present.filter((district) => district !== undefined)).toHaveLength(1);
	});

	it('of one file by two officials at once is one import', async () => {
		const cityId = await aCity(app.db);
		const file = aListFile(some(500));
		const [first, second] = await Promise.all([importFile(app, cityId, file), importFile(app, cityId, file)]);
		expect(second).toEqual(first);
	});

	it('that is cut in the middle changes nothing and leaves no trace', async () => {
		const cityId = await aCity(app.db);
		const before = some(10);
		await importFile(app, cityId, aListFile(before));
		async function* cut(): AsyncGenerator<Uint8Array> {
			yield* inPieces(aListFile(some(1_000)));
			throw new Error('the line is cut');
		}
		await expect(importFile(app, cityId, cut())).rejects.toThrow('the line is cut');
		expect(await listed(cityId)).toBe(10);
		expect(await listResidentsImports(app.db, cityId, 5)).toHaveLength(1);
	});
});

it('A06 G03 no number of a list stands anywhere in the database', async () => {
	const cityId = await aCity(app.db);
	const iins = some(3);
	await importFile(app, cityId, Buffer.concat([aListFile(iins), text('700101300006')]));
	await importFile(app, cityId, Buffer.concat([aListFile(iins), text('700101300006')]), { skipFaults: true });
	const { rows } = await sql<{ table: string }>`
		select table_name as table from information_schema.tables
			where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(app.db);
	expect(rows.length).toBeGreaterThan(20);
	for (const { table } of rows) {
		const { rows: found } = await sql<{ row: string }>`
			select t::text as row from ${sql.table(table)} as t
				where t::text ~ ${[...iins, '700101300006'].join('|')} limit 1`.execute(database.owner);
		expect(found).toEqual([]);
	}
});
