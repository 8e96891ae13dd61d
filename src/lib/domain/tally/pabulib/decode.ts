import { Malformed } from './fault.ts';

const LINE_FEED = 0x0a;

/**
 * The text of a file, byte order mark included.
 *
 * @throws Malformed when it is empty, not UTF-8, or binary.
 */
export function decodeFile(bytes: Uint8Array): string {
	const zero = bytes.indexOf(0);
	if (zero !== -1) throw new Malformed(lineOf(bytes, zero), 'a zero byte: this is no text file');
	const text = decode(bytes) ?? refuseEncoding(bytes);
	if (text.trim() === '') throw new Malformed(1, 'the file is empty');
	return text;
}

function decode(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

function refuseEncoding(bytes: Uint8Array): never {
	let line = 1;
	for (let start = 0; start < bytes.length; line++) {
		const found = bytes.indexOf(LINE_FEED, start);
		const end = found === -1 ? bytes.length : found;
		if (decode(bytes.subarray(start, end)) === null) break;
		start = end + 1;
	}
	throw new Malformed(line, 'not UTF-8');
}

function lineOf(bytes: Uint8Array, offset: number): number {
	let line = 1;
	for (let at = bytes.indexOf(LINE_FEED); at !== -1 && at < offset; at = bytes.indexOf(LINE_FEED, at + 1))
		line++;
	return line;
}
