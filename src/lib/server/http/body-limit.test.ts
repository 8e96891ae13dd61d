import { describe, expect, it } from 'vitest';
import { passOver, withinBodyLimit } from './body-limit.ts';

const UPLOAD = '/[lang=lang]/office/[city=city]/residents';
const PATIENCE = { formSilenceMs: 2_000, formMs: 200, uploadSilenceMs: 2_000 };
/** Of an upload that falls silent. */
const IMPATIENCE = { ...PATIENCE, uploadSilenceMs: 100 };

/** A body that comes drop by drop; after the last drop it ends, or falls silent. */
function trickle(drops: number, { ends = true, headers = {} } = {}): Request {
	let sent = 0;
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			if (sent === drops) return ends ? controller.close() : new Promise(() => {});
			sent += 1;
			await new Promise((resolve) => setTimeout(resolve, 20));
			controller.enqueue(new Uint8Array(1));
		},
	});
	return new Request('http://a.invalid/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

/** Seen red without `wholeMs` in `stopAfter`, and without it in `passOver`. */
describe('a body that comes drop by drop', () => {
	it('breaks off as a form that is not there in time', async () => {
		const request = withinBodyLimit(trickle(50), '/[lang=lang]/sign-in', PATIENCE);
		await expect(request?.arrayBuffer()).rejects.toMatchObject({ status: 408 });
	});

	it('is read as a form that is there in time, and as a file at any length', async () => {
		const form = withinBodyLimit(trickle(3), '/[lang=lang]/sign-in', PATIENCE);
		expect((await form?.arrayBuffer())?.byteLength).toBe(3);
		const file = withinBodyLimit(trickle(20), UPLOAD, PATIENCE);
		expect((await file?.arrayBuffer())?.byteLength).toBe(20);
	});

	it('is not passed over for longer than a form may take', async () => {
		const unwanted = trickle(50, { headers: { 'content-length': '1000000' } });
		await expect(passOver(unwanted, PATIENCE)).rejects.toMatchObject({ status: 408 });
	});
});

it('a file that falls silent breaks off', async () => {
	const request = withinBodyLimit(trickle(2, { ends: false }), UPLOAD, IMPATIENCE);
	await expect(request?.arrayBuffer()).rejects.toMatchObject({ status: 408 });
});
