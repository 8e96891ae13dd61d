import { sql } from 'kysely';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRoot } from '#scripts/lib/root.mjs';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

/** How a column reads, in one line: what the driver gives, whether it may be null, whether it may be left out. */
type Columns = Readonly<Record<string, string>>;

/** By Postgres' name of a type: what our parsers and the driver make of it. */
const GIVEN: Readonly<Record<string, string>> = {
	text: 'string',
	uuid: 'string',
	date: 'string',
	timestamptz: 'string',
	numeric: 'string',
	int2: 'number',
	int4: 'number',
	int8: 'bigint',
	bool: 'boolean',
	bytea: 'bytes',
	jsonb: 'json',
	_text: 'array',
};

async function readColumns(): Promise<Record<string, Columns>> {
	const { rows } = await sql<{
		table: string;
		column: string;
		type: string;
		nullable: boolean;
		optional: boolean;
	}>`
		select table_name as table, column_name as column, udt_name as type, is_nullable = 'YES' as nullable,
				column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' as optional
			from information_schema.columns
			where table_schema = 'public' and table_name not like 'kysely%'
			order by table_name, column_name`.execute(database.owner);
	const tables: Record<string, Record<string, string>> = {};
	for (const { table, column, type, nullable, optional } of rows) {
		(tables[table] ??= {})[column] = describeColumn(GIVEN[type] ?? `unknown ${type}`, nullable, optional);
	}
	return tables;
}

function describeColumn(given: string, nullable: boolean, optional: boolean): string {
	return [given, ...(nullable ? ['or null'] : []), ...(optional ? ['by default'] : [])].join(' ');
}

/** The columns that the row types promise, read from the type `Schema` by the compiler itself. */
function readRowTypes(): Record<string, Columns> {
	const file = fromRoot('src', 'lib', 'server', 'db', 'schema.ts');
	const program = ts.createProgram([file], {
		strict: true,
		noEmit: true,
		allowImportingTsExtensions: true,
		exactOptionalPropertyTypes: true,
		skipLibCheck: true,
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
		target: ts.ScriptTarget.ESNext,
		types: ['node'],
	});
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(file);
	const module = source && checker.getSymbolAtLocation(source);
	const schema = module && checker.getExportsOfModule(module).find(({ name }) => name === 'Schema');
	if (!schema) throw new Error('schema.ts exports no type Schema');
	const membersOf = (type: ts.Type) =>
		type.getProperties().map((member) => [member.name, checker.getTypeOfSymbol(member)] as const);
	return Object.fromEntries(
		membersOf(checker.getDeclaredTypeOfSymbol(schema)).map(([table, row]) => [
			table,
			Object.fromEntries(membersOf(row).map(([column, type]) => [column, describeType(checker, type)])),
		]),
	);
}

/** Kysely's Generated and ColumnType carry what is selected and inserted as properties; any other type is both. */
function describeType(checker: ts.TypeChecker, type: ts.Type): string {
	const partOf = (name: string): ts.Type => {
		const part = type.getProperty(name);
		return part ? checker.getTypeOfSymbol(part) : type;
	};
	const selected = partOf('__select__');
	const inserted = partOf('__insert__');
	return describeColumn(
		kindOf(checker, checker.getNonNullableType(selected)),
		has(selected, ts.TypeFlags.Null),
		has(inserted, ts.TypeFlags.Undefined),
	);
}

function has(type: ts.Type, flag: ts.TypeFlags): boolean {
	return type.isUnion() ? type.types.some((part) => has(part, flag)) : (type.flags & flag) !== 0;
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): string {
	const parts = type.isUnionOrIntersection() ? type.types : [type];
	// A union of literals, or a primitive with its brand: the first part that is a primitive tells.
	for (const part of parts) {
		if (part.isIntersection()) return kindOf(checker, part);
		if (part.flags & ts.TypeFlags.StringLike) return 'string';
		if (part.flags & ts.TypeFlags.NumberLike) return 'number';
		if (part.flags & ts.TypeFlags.BigIntLike) return 'bigint';
		if (part.flags & ts.TypeFlags.BooleanLike) return 'boolean';
		if (checker.isArrayType(part)) return 'array';
		const name = part.getSymbol()?.name;
		if (name === 'Uint8Array' || name === 'Buffer') return 'bytes';
	}
	return 'json';
}

describe('the row types', () => {
	it('are the columns of the database, no more, no fewer, no different', async () => {
		expect(readRowTypes()).toEqual(await readColumns());
	}, 60_000);
});

describe('the schema', () => {
	it('carries the city first in every unique key of a table that is divided by city', async () => {
		const { rows } = await sql<{ index: string; first: string }>`
			select index_name.relname as index, first_column.attname as first
				from pg_index
				join pg_class as index_name on index_name.oid = pg_index.indexrelid
				join pg_attribute as city_column
					on city_column.attrelid = pg_index.indrelid and city_column.attname = 'city_id'
				left join pg_attribute as first_column
					on first_column.attrelid = pg_index.indrelid and first_column.attnum = pg_index.indkey[0]
				where pg_index.indisunique and index_name.relnamespace = 'public'::regnamespace
				order by 1`.execute(database.owner);
		const others = rows.filter(({ first }) => first !== 'city_id').map(({ index }) => index);
		// Accounts belong to no city, so what is unique for an account is so across all of them, and so is an invitation to
		// have one; the audit log is one chain over all cities; and whoever lives somewhere lives in one of them.
		expect(others).toEqual([
			'audit_entry_pkey',
			'invitation_pkey',
			'invitation_token_hash_once',
			'person_home_pkey',
			'residency_one_city_per_account',
			'role_grant_once',
		]);
	});

	it('says a day with a date and an instant with milliseconds, by the ends of their names', async () => {
		const { rows } = await sql<{ column: string; type: string }>`
			select format('%s.%s', relname, attname) as column, format_type(atttypid, atttypmod) as type
				from pg_attribute join pg_class on pg_class.oid = attrelid
				where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and atttypid <> 'bool'::regtype
					and (attname ~ '_(at|on)$' or atttypid in ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype))
				order by 1`.execute(database.owner);
		const wrong = rows.filter(
			({ column, type }) => type !== (column.endsWith('_at') ? 'timestamp(3) with time zone' : 'date'),
		);
		expect(wrong).toEqual([]);
	});

	it('keeps money in whole tenge of 64 bits', async () => {
		const { rows } = await sql<{ column: string; type: string }>`
			select format('%s.%s', table_name, column_name) as column, udt_name as type
				from information_schema.columns
				where table_schema = 'public' and column_name in ('amount', 'cost', 'budget')`.execute(database.owner);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.filter(({ type }) => type !== 'int8')).toEqual([]);
	});

	it('indexes every foreign key to an account: deleting one must not read whole tables', async () => {
		const { rows } = await sql<{ constraint: string }>`
			select conname as constraint from pg_constraint
				where contype = 'f' and confrelid = 'account'::regclass
					and not exists (select from pg_index
						where indrelid = conrelid and indkey[0] = conkey[1])
				order by 1`.execute(database.owner);
		expect(rows.map((row) => row.constraint)).toEqual([]);
	});
});
