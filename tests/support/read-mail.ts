/** Enough of MIME for a mail of one part. */
export function readMail(source: string): { headers: string; subject: string; body: string } {
	const end = source.indexOf('\r\n\r\n');
	const headers = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
	const subject = (/^Subject: (.*)$/m.exec(headers)?.[1] ?? '').replace(
		/=\?UTF-8\?([BQ])\?(.*?)\?=(?:\s+(?==\?))?/gi,
		(_, encoding: string, word: string) =>
			encoding.toUpperCase() === 'B'
				? Buffer.from(word, 'base64').toString('utf8')
				: fromQuoted(word.replaceAll('_', ' ')),
	);
	const raw = source.slice(end + 4);
	const encoding = /^Content-Transfer-Encoding: (.*)$/m.exec(headers)?.[1];
	const body = encoding === 'base64' ? Buffer.from(raw, 'base64').toString('utf8') : fromQuoted(raw);
	return { headers, subject, body: body.replaceAll('\r\n', '\n') };
}

function fromQuoted(text: string): string {
	const bytes = text
		.replace(/=\r\n/g, '')
		.replace(/[^\x00-\x7f]/gu, (letter) => encodeURIComponent(letter).replaceAll('%', '='))
		.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
