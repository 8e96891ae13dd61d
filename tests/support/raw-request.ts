import { connect, type Socket } from 'node:net';

export type RawAnswer = { readonly status: number; readonly headers: Headers; readonly body: string };

/** A request byte by byte as it is given, for what no library would send. Answers are read as text, to the end. */
export function sendRaw(
	url: string,
	requestLine: string,
	headers: readonly string[],
	body: string | ((socket: Socket) => void) = '',
): Promise<RawAnswer> {
	const { hostname, port } = new URL(url);
	const host = headers.some((header) => /^host:/i.test(header)) ? [] : [`host: ${hostname}:${port}`];
	const head = [`${requestLine} HTTP/1.1`, ...host, 'connection: close', ...headers].join('\r\n');
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname);
		let text = '';
		socket.on('data', (data) => (text += data.toString('utf8')));
		// A server that has answered and closed breaks off what is still being sent.
		socket.on('error', (error) => (text === '' ? reject(error) : undefined));
		socket.on('close', () => resolve(parseAnswer(text)));
		// Not ended: a client that ends its side is taken for one that has gone.
		socket.write(`${head}\r\n\r\n${typeof body === 'string' ? body : ''}`);
		if (typeof body === 'function') body(socket);
	});
}

export function chunk(text: string): string {
	return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function parseAnswer(text: string): RawAnswer {
	const end = text.indexOf('\r\n\r\n');
	const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
	const headers = new Headers();
	for (const line of lines) {
		const colon = line.indexOf(':');
		headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
	}
	return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]), headers, body: text.slice(end + 4) };
}
