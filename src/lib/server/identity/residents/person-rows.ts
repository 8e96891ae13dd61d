import type { DistrictId } from '#lib/domain/base/ids.ts';

const KEY_BYTES = 32;
const ROWS_A_BLOCK = 8_192;
const SLOTS_AT_FIRST = 1 << 16;
const NO_DISTRICT = 0xff_ff;

type Block = { readonly keys: Buffer; readonly districts: Uint16Array; readonly lines: Uint32Array };

/** Persons of a list on their way to the database. */
export type PersonRows = {
	readonly count: number;
	/** Keeps a person, or tells on which line they stood before. */
	add(personKey: Uint8Array, districtId: DistrictId | null, line: number): number | null;
	/** As `copy … (person_key, district_id) from stdin binary` wants them. */
	toCopy(): Iterable<Uint8Array>;
};

/**
 * Some forty bytes a person, of which none is an object: a million take 45 MB and a garbage collector nothing. They are
 * gathered before the database is asked for a connection, so that a slow upload holds none.
 */
export function openPersonRows(districtIds: readonly DistrictId[]): PersonRows {
	const blocks: Block[] = [];
	const places = new Map(districtIds.map((id, index) => [id, index]));
	// An open-addressed set of row numbers, one more than the row so that 0 is empty. Keys are as good as random: their first
	// bytes are the hash.
	let slots = new Uint32Array(SLOTS_AT_FIRST);
	let count = 0;

	const keyAt = (row: number) => {
		const start = (row % ROWS_A_BLOCK) * KEY_BYTES;
		return blocks[Math.floor(row / ROWS_A_BLOCK)]!.keys.subarray(start, start + KEY_BYTES);
	};
	const slotOf = (key: Buffer): number => {
		let slot = key.readUInt32LE() & (slots.length - 1);
		while (slots[slot] !== 0 && !keyAt(slots[slot]! - 1).equals(key)) slot = (slot + 1) & (slots.length - 1);
		return slot;
	};
	const grow = () => {
		slots = new Uint32Array(slots.length * 2);
		for (let row = 0; row < count; row++) slots[slotOf(keyAt(row))] = row + 1;
	};

	return {
		get count() {
			return count;
		},
		add(personKey, districtId, line) {
			const key = Buffer.from(personKey.buffer, personKey.byteOffset, KEY_BYTES);
			const slot = slotOf(key);
			const before = slots[slot]!;
			if (before !== 0) {
				return blocks[Math.floor((before - 1) / ROWS_A_BLOCK)]!.lines[(before - 1) % ROWS_A_BLOCK]!;
			}
			const place = count % ROWS_A_BLOCK;
			if (place === 0) blocks.push(openBlock());
			const { keys, districts, lines } = blocks.at(-1)!;
			keys.set(key, place * KEY_BYTES);
			districts[place] = districtId === null ? NO_DISTRICT : places.get(districtId)!;
			lines[place] = line;
			slots[slot] = ++count;
			if (count * 2 > slots.length) grow();
			return null;
		},
		*toCopy() {
			const names = districtIds.map((id) => Buffer.from(id));
			yield COPY_HEADER;
			for (const [index, { keys, districts }] of blocks.entries()) {
				yield toTuples(keys, districts, Math.min(ROWS_A_BLOCK, count - index * ROWS_A_BLOCK), names);
			}
			yield COPY_TRAILER;
		},
	};
}

function openBlock(): Block {
	return {
		keys: Buffer.allocUnsafe(ROWS_A_BLOCK * KEY_BYTES),
		districts: new Uint16Array(ROWS_A_BLOCK),
		lines: new Uint32Array(ROWS_A_BLOCK),
	};
}

/** Signature, no flags, no extension (PostgreSQL, COPY, binary format). */
const COPY_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const COPY_TRAILER = Buffer.from([0xff, 0xff]);
const FIELDS = 2;
const NULL_LENGTH = -1;

function toTuples(keys: Buffer, districts: Uint16Array, rows: number, names: readonly Buffer[]): Buffer {
	const longest = Math.max(0, ...names.map((name) => name.length));
	const tuples = Buffer.allocUnsafe(rows * (2 + 4 + KEY_BYTES + 4 + longest));
	let at = 0;
	for (let row = 0; row < rows; row++) {
		at = tuples.writeInt16BE(FIELDS, at);
		at = tuples.writeInt32BE(KEY_BYTES, at);
		at += keys.copy(tuples, at, row * KEY_BYTES, (row + 1) * KEY_BYTES);
		const name = names[districts[row]!];
		at = tuples.writeInt32BE(name?.length ?? NULL_LENGTH, at);
		if (name) at += name.copy(tuples, at);
	}
	return tuples.subarray(0, at);
}
