import type { SessionCookie } from './factories/session.ts';

type Headings = Readonly<Record<string, string>>;
/** A field that appears several times has a list. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export type Answer = {
	readonly status: number;
	readonly location: string | null;
	readonly headers: Headers;
	/** As they were set by this answer. */
	readonly setCookies: readonly string[];
	readonly body: string;
};

/** What a browser without scripts does: keeps cookies, sends forms with its own origin, follows nothing by itself. */
export class HttpBrowser {
	readonly cookies = new Map<string, string>();
	readonly #url: string;
	readonly #origin: string;

	/** `origin` is what stands in the address bar, where a proxy in front makes it another than the server's. */
	constructor(url: string, origin = url) {
		this.#url = url;
		this.#origin = origin;
	}

	/** Of somebody who has signed in already. */
	withSession({ name, value }: SessionCookie): this {
		this.cookies.set(name, value);
		return this;
	}

	get(path: string): Promise<Answer> {
		return this.send(path, {});
	}

	post(path: string, fields: Fields, headers: Headings = {}): Promise<Answer> {
		const body = new URLSearchParams(toPairs(fields));
		return this.send(path, { method: 'POST', body, headers: { origin: this.#origin, ...headers } });
	}

	/** The request as it is given, with the cookies; for what no page of ours would send. */
	async send(path: string, request: RequestInit): Promise<Answer> {
		const headers = new Headers(request.headers);
		if (!headers.has('accept')) headers.set('accept', 'text/html');
		if (this.cookies.size > 0) {
			headers.set('cookie', Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; '));
		}
		const response = await fetch(`${this.#url}${path}`, { ...request, headers, redirect: 'manual' });
		const setCookies = response.headers.getSetCookie();
		for (const cookie of setCookies) this.#keep(cookie);
		return {
			status: response.status,
			location: response.headers.get('location'),
			headers: response.headers,
			setCookies,
			body: await response.text(),
		};
	}

	#keep(cookie: string): void {
		const [pair = '', ...attributes] = cookie.split('; ');
		const [name = '', value = ''] = pair.split('=', 2);
		const isOver = attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0');
		if (isOver) this.cookies.delete(name);
		else this.cookies.set(name, value);
	}
}

function toPairs(fields: Fields): [string, string][] {
	return Object.entries(fields).flatMap(([name, value]) =>
		typeof value === 'string'
			? [[name, value] as [string, string]]
			: value.map((each) => [name, each] as [string, string]),
	);
}
