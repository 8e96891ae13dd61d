import { createHash } from 'node:crypto';
import { CsvError, parse, type InfoRecord, type Parser } from 'csv-parse';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import { listOddities, maskIin, parseIin } from '#lib/domain/identity/iin.ts';
import {
	findColumns,
	findDelimiter,
	fold,
	foldDistrict,
	LIST_FAULTS_MAX,
	LIST_ROWS_MAX,
	type ListColumns,
	type ListRefusal,
	type ListRefusalCode,
	type RowFault,
	type RowFaultCode,
} from '#lib/domain/identity/residents-list.ts';
import type { Keys } from '#lib/server/capabilities.ts';
import { toPersonKey } from '../person-key.ts';
import { decodeText, NotText } from './decode-text.ts';
import { openPersonRows, type PersonRows } from './person-rows.ts';

/** The districts of a city by every name they have, each as `foldDistrict` makes it; empty where the city has none. */
export type DistrictNames = ReadonlyMap<string, DistrictId>;

/** What was read, whole or up to where the reading stopped. */
export type ReadList = {
	readonly fileSha256: Uint8Array;
	readonly refusal: ListRefusal | null;
	/** Rows with something in them, without the header. */
	readonly rowCount: number;
	/** Right numbers of an unusual form. */
	readonly unusualCount: number;
	readonly faults: readonly RowFault[];
	readonly persons: PersonRows;
};

/** A row of a list is short; what is longer is another file, or a quotation mark that nobody closed. */
const RECORD_LENGTH_MAX = 4_096;

/** Carries a refusal of the whole file out of the parser. */
class Refused extends Error {
	readonly refusal: ListRefusal;
	constructor(code: ListRefusalCode, line: number | null) {
		super(code);
		this.refusal = { code, line };
	}
}

/**
 * Reads a list of residents as it comes in. Of a person the keyed hash and the district are kept, of the file its own hash.
 * Every bad row is told with its line and reason; a file that is no list is refused as a whole.
 * @throws what the source throws when it is cut.
 */
export async function readList(
	keys: Keys,
	cityId: CityId,
	districts: DistrictNames,
	bytes: AsyncIterable<Uint8Array>,
): Promise<ReadList> {
	const { tapped, digest } = tap(bytes);
	const rows = openRows(keys, cityId, districts);
	let refusal: ListRefusal | null = null;
	try {
		await parseRecords(decodeText(tapped), rows.take);
		if (rows.state.rowCount === 0) refusal = { code: 'list_empty', line: null };
	} catch (error) {
		refusal = toRefusal(error, rows.state.line);
		// The rest is taken in all the same: a browser reads no answer before it has sent everything.
		for await (const _ of tapped);
	}
	const { rowCount, unusualCount, faults, persons } = rows.state;
	return { fileSha256: digest(), refusal, rowCount, unusualCount, faults, persons };
}

/** The same bytes, hashed on their way. Whoever stops reading leaves the source open for who goes on. */
function tap(bytes: AsyncIterable<Uint8Array>) {
	const hash = createHash('sha256');
	const source = bytes[Symbol.asyncIterator]();
	const next = async () => {
		const result = await source.next();
		if (!result.done) hash.update(result.value);
		return result;
	};
	const tapped: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next }) };
	return { tapped, digest: () => hash.digest() };
}

/** Only what the file itself is to blame for; anything else stays thrown. */
function toRefusal(error: unknown, line: number): ListRefusal {
	if (error instanceof Refused) return error.refusal;
	if (error instanceof NotText) {
		return error.kind === 'not_text'
			? { code: 'list_not_text', line: null }
			: { code: 'list_encoding', line: line + 1 };
	}
	if (error instanceof CsvError) {
		const { lines } = error as { lines?: unknown };
		return { code: 'list_broken', line: typeof lines === 'number' ? lines : line + 1 };
	}
	throw error;
}

type TakeRecord = (record: readonly string[], line: number) => void;

/** The records of a table whose delimiter is known by its first line. Nothing of it is kept. */
async function parseRecords(text: AsyncIterable<string>, take: TakeRecord): Promise<void> {
	let parser: Parser | null = null;
	let head = '';
	for await (const piece of text) {
		if (parser !== null) {
			await write(parser, piece);
			continue;
		}
		head += piece;
		if (!/[\r\n]/.test(head) && head.length <= RECORD_LENGTH_MAX) continue;
		parser = openParser(head, take);
		await write(parser, head);
	}
	if (parser === null) {
		parser = openParser(head, take);
		await write(parser, head);
	}
	await end(parser);
}

function openParser(head: string, take: TakeRecord): Parser {
	const [firstLine = ''] = head.split(/[\r\n]/, 1);
	const parser = parse({
		bom: true,
		delimiter: findDelimiter(firstLine),
		max_record_size: RECORD_LENGTH_MAX,
		on_record: (record: string[], { lines }: InfoRecord) => {
			take(record, lines);
			return null;
		},
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_column_count: true,
		skip_empty_lines: true,
	});
	// Whoever writes or ends hears of it; without a listener the process would.
	parser.on('error', () => undefined);
	return parser.resume();
}

function write(parser: Parser, text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		parser.write(text, (error) => (error ? reject(error) : resolve()));
	});
}

function end(parser: Parser): Promise<void> {
	return new Promise((resolve, reject) => {
		parser.once('error', reject).once('end', resolve).end();
	});
}

/** Judges row after row. */
function openRows(keys: Keys, cityId: CityId, districts: DistrictNames) {
	const faults: RowFault[] = [];
	const persons = openPersonRows([...new Set(districts.values())]);
	const known = new Map<string, DistrictId | null | undefined>([['', null]]);
	let columns: ListColumns | null = null;
	const state = { line: 0, rowCount: 0, unusualCount: 0, faults, persons };

	const findDistrict = (name: string): DistrictId | null | undefined => {
		// A city without districts of ours has nothing to compare with.
		if (districts.size === 0) return null;
		if (!known.has(name))
			known.set(name, districts.get(foldDistrict(name)) ?? (fold(name) === '' ? null : undefined));
		return known.get(name);
	};
	const blame = (code: RowFaultCode, iin: string, earlierLine: number | null = null) => {
		if (faults.length === LIST_FAULTS_MAX) throw new Refused('list_too_many_faults', state.line);
		faults.push({ line: state.line, code, earlierLine, maskedIin: maskIin(iin) });
	};
	const takeRow = (record: readonly string[], { iin: iinAt, district: districtAt }: ListColumns) => {
		if (record.every((cell) => cell.trim() === '')) return;
		if (state.rowCount === LIST_ROWS_MAX) throw new Refused('list_too_many_rows', state.line);
		state.rowCount += 1;
		const typed = record[iinAt] ?? '';
		const iin = parseIin(typed);
		if (!iin.ok) return blame(iin.refusal.code, typed);
		const districtId = findDistrict(districtAt === null ? '' : (record[districtAt] ?? ''));
		if (districtId === undefined) return blame('list_district_unknown', typed);
		const earlierLine = persons.add(toPersonKey(keys, cityId, iin.value), districtId, state.line);
		if (earlierLine !== null) return blame('list_row_repeated', typed, earlierLine);
		if (listOddities(iin.value).length > 0) state.unusualCount += 1;
	};
	const take: TakeRecord = (record, line) => {
		state.line = line;
		if (columns !== null) return takeRow(record, columns);
		columns = findColumns(record);
		if (columns === null) throw new Refused('list_header', line);
	};
	return { state, take };
}
