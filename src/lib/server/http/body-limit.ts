import { error } from '@sveltejs/kit';

/** Largest form. A comment, an answer in two languages, a ballot: all of them are far smaller. */
const FORM_BYTES_MAX = 256 * 1024;

/** Pages that take a file and limit it themselves, with words beside the field. */
const WITH_UPLOAD: ReadonlySet<string> = new Set(['/[lang=lang]/office/[city=city]/residents']);

/**
 * A form is a second's work even on a slow line. Who falls silent, or sends it drop by drop, holds a place that others
 * need. A file takes as long as it takes, and the page that reads it may pause.
 */
const PATIENCE = { formSilenceMs: 20_000, formMs: 60_000, uploadSilenceMs: 60_000 };

/**
 * Null when the body announces more than its page takes; else the request, whose body breaks off where it grows too long
 * (413), falls silent, or is not there in time (408).
 */
export function withinBodyLimit(
	request: Request,
	routeId: string | null,
	{ formSilenceMs, formMs, uploadSilenceMs } = PATIENCE,
): Request | null {
	if (request.body === null) return request;
	const isUpload = routeId !== null && WITH_UPLOAD.has(routeId);
	if (!isUpload && Number(request.headers.get('content-length') ?? 0) > FORM_BYTES_MAX) return null;
	const limits: BodyLimits = isUpload
		? { bytesMax: Infinity, silenceMs: uploadSilenceMs, wholeMs: null }
		: { bytesMax: FORM_BYTES_MAX, silenceMs: formSilenceMs, wholeMs: formMs };
	const body = request.body.pipeThrough(stopAfter(limits));
	return new Request(request, { body, duplex: 'half' } as RequestInit);
}

/** What is too long is still taken in up to here, because a browser reads no answer before it has sent everything. */
const PASSED_OVER_BYTES = 16 * 1024 * 1024;

/** Lets the rest of a body pass that is not wanted, for as long as a form may take. @throws 408 after that */
export async function passOver(
	request: Request,
	{ formSilenceMs, formMs }: Omit<typeof PATIENCE, 'uploadSilenceMs'> = PATIENCE,
): Promise<void> {
	const isBearable = Number(request.headers.get('content-length') ?? Infinity) <= PASSED_OVER_BYTES;
	if (request.body === null || !isBearable) return;
	const limits = { bytesMax: Infinity, silenceMs: formSilenceMs, wholeMs: formMs };
	for await (const _ of request.body.pipeThrough(stopAfter(limits)));
}

type BodyLimits = {
	readonly bytesMax: number;
	/** From one piece to the next. */
	readonly silenceMs: number;
	/** From the first to the last; null for as long as it takes. */
	readonly wholeMs: number | null;
};

function stopAfter({ bytesMax, silenceMs, wholeMs }: BodyLimits): TransformStream<Uint8Array, Uint8Array> {
	let bytes = 0;
	let silence: NodeJS.Timeout | undefined;
	let whole: NodeJS.Timeout | undefined;
	const breakOffIn = (ms: number, controller: TransformStreamDefaultController<Uint8Array>) =>
		setTimeout(() => controller.error(refusal(408)), ms).unref();
	const listen = (controller: TransformStreamDefaultController<Uint8Array>) => {
		clearTimeout(silence);
		silence = breakOffIn(silenceMs, controller);
	};
	return new TransformStream({
		start(controller) {
			listen(controller);
			if (wholeMs !== null) whole = breakOffIn(wholeMs, controller);
		},
		transform(chunk, controller) {
			bytes += chunk.byteLength;
			if (bytes > bytesMax) throw refusal(413);
			controller.enqueue(chunk);
			listen(controller);
		},
		flush() {
			clearTimeout(silence);
			clearTimeout(whole);
		},
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
