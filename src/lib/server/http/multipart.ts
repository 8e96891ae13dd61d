/** One field of a form that carries a file. The bytes are to be read before the next part is asked for. */
export type Part = {
	readonly name: string;
	/** As the browser tells it, of a file only; never a path to write to. */
	readonly fileName: string | null;
	readonly bytes: AsyncIterable<Uint8Array>;
};

/** The body is no form, or ends before it is complete. */
export class BrokenUpload extends Error {}

const HEADERS_MAX = 8_192;
const PARTS_MAX = 20;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/** The boundary that divides a `multipart/form-data` body; null when it is another kind of body. */
export function boundaryOf(contentType: string | null): string | null {
	const [type = '', ...parameters] = (contentType ?? '').split(';');
	if (type.trim().toLowerCase() !== 'multipart/form-data') return null;
	for (const parameter of parameters) {
		const [, quoted, plain] = /^\s*boundary=(?:"([^"]{1,70})"|([^\s"]{1,70}))\s*$/i.exec(parameter) ?? [];
		if (quoted ?? plain) return quoted ?? plain!;
	}
	return null;
}

/**
 * The parts of a `multipart/form-data` body (RFC 7578) as they come in; no more of it is held than one chunk. What the
 * reader of a part leaves is passed over.
 * @throws BrokenUpload for a body of another form, or one that is cut.
 */
export async function* readParts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
	// The first boundary has no line before it; with one put there all of them look alike.
	const source = openSource(body, LINE_END);
	const divider = Buffer.from(`\r\n--${boundary}`);
	await pass(readUntil(source, divider));
	for (let parts = 0; ; parts++) {
		const after = await source.take(LINE_END.length);
		if (after.equals(Buffer.from('--'))) return;
		if (!after.equals(LINE_END) || parts === PARTS_MAX) throw new BrokenUpload('not a form');
		const { name, fileName } = parseHeaders(await source.takeUntil(HEADERS_END, HEADERS_MAX));
		const bytes = readUntil(source, divider);
		yield { name, fileName, bytes };
		await pass(bytes);
	}
}

/** A short field as text. @throws BrokenUpload when it is longer than that. */
export async function readShort({ bytes }: Part, lengthMax = 1_000): Promise<string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of bytes) {
		length += chunk.length;
		if (length > lengthMax) throw new BrokenUpload('a field is too long');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

async function pass(bytes: AsyncIterable<Uint8Array>): Promise<void> {
	for await (const _ of bytes);
}

type Source = ReturnType<typeof openSource>;

function openSource(body: AsyncIterable<Uint8Array>, start: Buffer) {
	const chunks = body[Symbol.asyncIterator]();
	let held = start;
	const more = async () => {
		const next = await chunks.next();
		if (next.done) throw new BrokenUpload('the upload ends early');
		held = held.length === 0 ? toBuffer(next.value) : Buffer.concat([held, next.value]);
	};
	const cut = (length: number) => {
		const front = held.subarray(0, length);
		held = held.subarray(length);
		return front;
	};
	return {
		more,
		cut,
		held: () => held,
		take: async (length: number) => {
			while (held.length < length) await more();
			return cut(length);
		},
		takeUntil: async (end: Buffer, lengthMax: number) => {
			let at: number;
			while ((at = held.indexOf(end)) === -1) {
				if (held.length > lengthMax) throw new BrokenUpload('headers are too long');
				await more();
			}
			const front = cut(at);
			cut(end.length);
			return front;
		},
	};
}

const toBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** All before the divider, which is taken out too. An end of the chunk that may be its beginning waits for the next one. */
async function* readUntil(source: Source, divider: Buffer): AsyncGenerator<Uint8Array> {
	for (;;) {
		const at = source.held().indexOf(divider);
		if (at !== -1) {
			if (at > 0) yield source.cut(at);
			source.cut(divider.length);
			return;
		}
		const sure = source.held().length - divider.length + 1;
		if (sure > 0) yield source.cut(sure);
		await source.more();
	}
}

function parseHeaders(bytes: Buffer): { name: string; fileName: string | null } {
	for (const line of bytes.toString('utf8').split('\r\n')) {
		if (!/^content-disposition:\s*form-data\s*;/i.test(line)) continue;
		const name = /;\s*name="([^"]*)"/i.exec(line)?.[1];
		if (name === undefined) break;
		return { name, fileName: /;\s*filename="([^"]*)"/i.exec(line)?.[1] ?? null };
	}
	throw new BrokenUpload('a part has no name');
}
