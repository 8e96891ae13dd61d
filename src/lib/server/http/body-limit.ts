import { error } from '@sveltejs/kit';

/** Largest form. A comment, an answer in two languages, a ballot: all of them are far smaller. */
const FORM_BYTES_MAX = 256 * 1024;

/** Pages that take a file and limit it themselves, with words beside the field. */
const WITH_UPLOAD: ReadonlySet<string> = new Set(['/[lang=lang]/office/[city=city]/residents']);

/** A form is a second's work even on a slow line. Who sends nothing for so long holds a place that others need. */
const SILENCE_MS = 20_000;

/**
 * Null when the body announces more than its page takes; else the request, whose body breaks off where it grows too long
 * (413) or falls silent (408).
 */
export function withinBodyLimit(request: Request, routeId: string | null): Request | null {
	if (request.body === null || (routeId !== null && WITH_UPLOAD.has(routeId))) return request;
	if (Number(request.headers.get('content-length') ?? 0) > FORM_BYTES_MAX) return null;
	const body = request.body.pipeThrough(stopAfter(FORM_BYTES_MAX));
	return new Request(request, { body, duplex: 'half' } as RequestInit);
}

/** What is too long is still taken in up to here, because a browser reads no answer before it has sent everything. */
const PASSED_OVER_BYTES = 16 * 1024 * 1024;

/** Lets the rest of a body pass that is not wanted. */
export async function passOver(request: Request): Promise<void> {
	const isBearable = Number(request.headers.get('content-length') ?? Infinity) <= PASSED_OVER_BYTES;
	if (request.body !== null && isBearable) for await (const _ of request.body);
}

function stopAfter(bytesMax: number): TransformStream<Uint8Array, Uint8Array> {
	let bytes = 0;
	let timer: NodeJS.Timeout | undefined;
	const listen = (controller: TransformStreamDefaultController<Uint8Array>) => {
		clearTimeout(timer);
		timer = setTimeout(() => controller.error(refusal(408)), SILENCE_MS).unref();
	};
	return new TransformStream({
		start: listen,
		transform(chunk, controller) {
			bytes += chunk.byteLength;
			if (bytes > bytesMax) throw refusal(413);
			controller.enqueue(chunk);
			listen(controller);
		},
		flush: () => clearTimeout(timer),
	});
}

/** What `error` throws, for streams, which are told of it. */
function refusal(status: number): unknown {
	try {
		error(status);
	} catch (thrown) {
		return thrown;
	}
}

/** Thrown by what is read in a body that is longer than its page takes. */
export class BodyTooLarge extends Error {}

/** The bytes of a body, up to a limit. @throws BodyTooLarge beyond it. */
export async function* readBytes(
	body: AsyncIterable<Uint8Array>,
	bytesMax: number,
): AsyncGenerator<Uint8Array> {
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > bytesMax) throw new BodyTooLarge();
		yield chunk;
	}
}
