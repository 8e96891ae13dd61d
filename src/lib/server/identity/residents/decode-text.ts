/** A file in the hands of a program whose encoding nobody told. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** Bytes that are in none of the encodings in which spreadsheets write text. */
export class NotText extends Error {
	readonly kind: 'not_text' | 'encoding';
	constructor(kind: NotText['kind']) {
		super(kind);
		this.kind = kind;
	}
}

const FIRST_LETTER_OUTSIDE_ASCII = 0x80;
/** Of the start of a file, by which it is judged. */
const JUDGED_BYTES = 512;
/** One byte in ten: a file of digits has four times as many. */
const ZEROS_AT_LEAST = 10;
/** How spreadsheets (a zip), older ones, PDF and RTF begin: not text, whatever the name of the file says. */
const OTHER_FILES: readonly (readonly number[])[] = [
	[0x50, 0x4b, 0x03, 0x04],
	[0xd0, 0xcf, 0x11, 0xe0],
	[0x25, 0x50, 0x44, 0x46],
	[0x7b, 0x5c, 0x72, 0x74],
];

/**
 * The text of a file, piece by piece: UTF-8 and UTF-16 with their mark or without, else Windows-1251, in which Cyrillic
 * spreadsheets still save. As long as all is ASCII nothing is decided, so a file is known by its first foreign letter.
 * @throws NotText for a file of another kind, or bytes that its encoding does not have.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	let decoder: TextDecoder | null = null;
	let isFirst = true;
	for await (const chunk of atLeast(bytes, JUDGED_BYTES)) {
		if (isFirst) {
			if (OTHER_FILES.some((start) => beginsWith(chunk, start))) throw new NotText('not_text');
			decoder = openMarked(chunk);
			isFirst = false;
		}
		if (decoder === null) {
			if (!chunk.some((byte) => byte >= FIRST_LETTER_OUTSIDE_ASCII)) {
				yield new TextDecoder().decode(chunk);
				continue;
			}
			decoder = openDecoder(isUtf8(chunk) ? 'utf-8' : 'windows-1251');
		}
		yield decode(decoder, chunk);
	}
	if (decoder !== null) yield decode(decoder, null);
}

function decode(decoder: TextDecoder, chunk: Uint8Array | null): string {
	try {
		return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
	} catch {
		throw new NotText('encoding');
	}
}

function openDecoder(encoding: Encoding): TextDecoder {
	return new TextDecoder(encoding, { fatal: true });
}

/** By the mark at the start, or by the zeros of UTF-16. */
function openMarked(chunk: Uint8Array): TextDecoder | null {
	const [first, second, third] = chunk;
	if (first === 0xef && second === 0xbb && third === 0xbf) return openDecoder('utf-8');
	if (first === 0xff && second === 0xfe) return openDecoder('utf-16le');
	if (first === 0xfe && second === 0xff) return openDecoder('utf-16be');
	const encoding = findByZeros(chunk.subarray(0, JUDGED_BYTES));
	return encoding === null ? null : openDecoder(encoding);
}

/** In UTF-16 one byte of each digit and delimiter is zero, always on the same side; in other encodings none is. */
function findByZeros(bytes: Uint8Array): Encoding | null {
	const zeros = [0, 0];
	for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2]! += 1;
	const [high, low] = zeros as [number, number];
	const few = bytes.length / ZEROS_AT_LEAST;
	if (low > few && high === 0) return 'utf-16le';
	return high > few && low === 0 ? 'utf-16be' : null;
}

/** A letter cut off at the end of the chunk does not count against it. */
function isUtf8(chunk: Uint8Array): boolean {
	try {
		openDecoder('utf-8').decode(chunk, { stream: true });
		return true;
	} catch {
		return false;
	}
}

function beginsWith(chunk: Uint8Array, start: readonly number[]): boolean {
	return start.every((byte, index) => chunk[index] === byte);
}

/** The same bytes, the first chunk long enough to be judged by. */
async function* atLeast(bytes: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
	let start: Uint8Array | null = new Uint8Array(0);
	for await (const chunk of bytes) {
		if (start === null) {
			yield chunk;
			continue;
		}
		start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
		if (start.length < length) continue;
		yield start;
		start = null;
	}
	if (start !== null && start.length > 0) yield start;
}
