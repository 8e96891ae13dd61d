import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';

const LOG_LIMIT = 10_000_000;

export async function openLog(file: string) {
	const size = (await stat(file).catch(() => null))?.size ?? 0;
	if (size > LOG_LIMIT) await rename(file, `${file}.1`);
	return await open(file, 'a', 0o600);
}

export async function readFrom(file: string, begin: number): Promise<string> {
	const stream = createReadStream(file, { start: begin, encoding: 'utf8' });
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	return text;
}

export function lastLine(output: string): string {
	const lines = output.trim().split('\n');
	const telling = lines.filter((line) => /FATAL|ERROR|error:|PANIC/.test(line));
	return (telling.at(-1) ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|ERROR|error|PANIC):\s*/, '');
}
