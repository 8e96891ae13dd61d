import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, BrokenUpload, readParts, readShort } from './multipart.ts';

const BOUNDARY = 'x--y';

type Field = { readonly name: string; readonly content: string; readonly fileName?: string };

function toBody(fields: readonly Field[]): Buffer {
	const parts = fields.map(({ name, content, fileName }) => {
		const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/csv`;
		return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
	});
	return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

async function* inChunks(body: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < body.length; start += size) {
		yield await Promise.resolve(body.subarray(start, start + size));
	}
}

async function read(body: Buffer, size: number): Promise<Field[]> {
	const fields: Field[] = [];
	for await (const part of readParts(inChunks(body, size), BOUNDARY)) {
		const { name, fileName } = part;
		fields.push({ name, content: await readShort(part), ...(fileName !== null && { fileName }) });
	}
	return fields;
}

const FIELDS: Field[] = [
	{ name: 'skip', content: 'yes' },
	{ name: 'list', content: 'iin;аудан\r\n1;2\r\n', fileName: 'тізім.csv' },
	{ name: 'empty', content: '' },
];

describe('readParts', () => {
	it.each([1, 2, 3, 7, 16, 64, 10_000])('finds the same parts in chunks of %i bytes', async (size) => {
		expect(await read(toBody(FIELDS), size)).toEqual(FIELDS);
	});

	it('is not taken in by what looks like a boundary', async () => {
		const content = fc
			.stringMatching(/^[\r\n\-xy]{0,40}$/)
			.filter((text) => !`\r\n${text}`.includes(`\r\n--${BOUNDARY}`));
		await fc.assert(
			fc.asyncProperty(content, fc.integer({ min: 1, max: 12 }), async (text, size) => {
				const fields = [{ name: 'list', content: text, fileName: 'a' }];
				expect(await read(toBody(fields), size)).toEqual(fields);
			}),
		);
	});

	it('passes over what nobody has read', async () => {
		const names: string[] = [];
		for await (const { name } of readParts(inChunks(toBody(FIELDS), 5), BOUNDARY)) names.push(name);
		expect(names).toEqual(['skip', 'list', 'empty']);
	});

	it.each([
		['a body that is cut', toBody(FIELDS).subarray(0, -12)],
		['no body', Buffer.alloc(0)],
		['another kind of body', Buffer.from('skip=yes')],
		[
			'a part without a name',
			Buffer.from(`--${BOUNDARY}\r\nContent-Type: text/csv\r\n\r\nx\r\n--${BOUNDARY}--`),
		],
		['headers without end', Buffer.from(`--${BOUNDARY}\r\n${'x: y\r\n'.repeat(5_000)}`)],
		['parts without end', toBody(Array<Field>(25).fill({ name: 'a', content: '' }))],
	])('D03 breaks off at %s', async (_, body) => {
		await expect(read(body, 1_000)).rejects.toThrow(BrokenUpload);
	});

	it('D03 holds no more of a file than a chunk', async () => {
		const file = Buffer.alloc(64 * 1024, 0x0d);
		async function* endless(): AsyncGenerator<Uint8Array> {
			yield await Promise.resolve(toBody([{ name: 'list', content: '', fileName: 'a' }]).subarray(0, -12));
			for (let chunk = 0; chunk < 200; chunk++) yield file;
		}
		let largest = 0;
		const reading = async () => {
			for await (const { bytes } of readParts(endless(), BOUNDARY)) {
				for await (const chunk of bytes) largest = Math.max(largest, chunk.length);
			}
		};
		await expect(reading()).rejects.toThrow(BrokenUpload);
		expect(largest).toBeLessThan(2 * file.length);
	});
});

describe('boundaryOf', () => {
	it.each([
		['multipart/form-data; boundary=abc', 'abc'],
		['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
		['multipart/form-data', null],
		['application/x-www-form-urlencoded', null],
		[`multipart/form-data; boundary=${'x'.repeat(100)}`, null],
		[null, null],
	])('reads %j', (contentType, boundary) => {
		expect(boundaryOf(contentType)).toBe(boundary);
	});
});
