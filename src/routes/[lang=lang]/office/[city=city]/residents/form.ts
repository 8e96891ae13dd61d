import { refused, type Result } from '#lib/domain/base/result.ts';
import { LIST_BYTES_MAX, type UploadRefusalCode } from '#lib/domain/identity/residents-list.ts';
import {
	BodyTooLarge,
	boundaryOf,
	BrokenUpload,
	readBytes,
	readParts,
	readShort,
} from '#lib/server/http/index.ts';

export type ListForm<List> = {
	readonly list: List;
	readonly skipFaults: boolean;
	readonly allowShorter: boolean;
};

/** A form of many fields would be none of ours; the file has its own limit. */
const FIELDS_BYTES = 16 * 1024;

/**
 * Reads the form with the list while it comes in: the file is handed on in pieces and never held. On a line that breaks
 * off, or without a file, nothing has happened.
 */
export async function readListForm<List>(
	request: Request,
	readFile: (bytes: AsyncIterable<Uint8Array>) => Promise<List>,
): Promise<Result<ListForm<List>, { readonly code: UploadRefusalCode }>> {
	const bytesMax = LIST_BYTES_MAX + FIELDS_BYTES;
	if (Number(request.headers.get('content-length') ?? 0) > bytesMax)
		return refused({ code: 'list_too_large' });
	const boundary = boundaryOf(request.headers.get('content-type'));
	if (request.body === null || boundary === null) return refused({ code: 'list_missing' });
	let list: List | null = null;
	const ticked = new Set<string>();
	try {
		for await (const part of readParts(readBytes(request.body, bytesMax), boundary)) {
			if (part.name === 'list' && part.fileName) list ??= await readFile(part.bytes);
			else if (part.fileName === null && (await readShort(part)) === 'yes') ticked.add(part.name);
		}
	} catch (error) {
		if (error instanceof BodyTooLarge) return refused({ code: 'list_too_large' });
		if (error instanceof BrokenUpload) return refused({ code: 'list_cut' });
		throw error;
	}
	if (list === null) return refused({ code: 'list_missing' });
	return {
		ok: true,
		value: { list, skipFaults: ticked.has('skipFaults'), allowShorter: ticked.has('allowShorter') },
	};
}
