import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { Provider, type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider';
import { HttpBrowser } from './http-browser.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Changes what stands in an ID token, which is then signed by the provider's own key; or leaves the signature wrong. */
type Spoiling = {
	readonly change: (claims: Record<string, unknown>) => Claims;
	readonly unsigned?: boolean;
};

export type TestIdentityProvider = {
	/** The variables of a server that relies on it. */
	readonly variables: NodeJS.ProcessEnv;
	/** Knows the application from now on, and sends people back to it. */
	knowApplication(origin: string): void;
	/** Somebody with an account there. @returns their name, which signs them in. */
	addPerson(claims: Claims): string;
	spoilTokens(spoiling: Spoiling | null): void;
	/** From now on every answer takes so long. */
	beSlow(milliseconds: number): void;
	/** Says what we need only when it is asked about the person. */
	tellOnlyWhenAsked(only: boolean): void;
	close(): Promise<void>;
};

const CLIENT_ID = 'ortaq-budget';
const CLIENT_SECRET = 'a secret that both of them know';
const KEY_ID = 'test-key';
const MINUTES = 600;

/** A real provider of OpenID Connect on the loopback, whose sign-in page asks for a name and believes it. */
export async function startIdentityProvider(): Promise<TestIdentityProvider> {
	const people = new Map<string, Claims>();
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	let spoiling: Spoiling | null = null;
	let delay = 0;
	let onlyWhenAsked = false;
	let origin = '';
	let provider: Provider | null = null;

	const server = createServer((request, response) => {
		void answer(request, response).catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('the provider has no port');
	const issuer = `http://127.0.0.1:${address.port}`;

	function open(): Provider {
		const configuration: Configuration = {
			clients: [
				{
					...{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
					redirect_uris: [`${origin}/residency/callback`],
				},
			],
			jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: KEY_ID }] },
			cookies: { keys: [randomUUID()] },
			claims: { openid: ['sub', 'iin', 'address'] },
			conformIdTokenClaims: onlyWhenAsked,
			features: { devInteractions: { enabled: false } },
			interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
			ttl: { Interaction: MINUTES, Grant: MINUTES, Session: MINUTES, AccessToken: MINUTES, IdToken: MINUTES },
			adapter: Memory,
			pkce: { required: () => true },
			findAccount: (_context, id) => ({
				accountId: id,
				claims: () => ({ ...people.get(id), sub: id }),
			}),
		};
		const opened = new Provider(issuer, configuration);
		opened.use(async (context, next) => {
			await next();
			const body = context.body as { id_token?: string } | undefined;
			if (spoiling !== null && context.path === '/token' && body?.id_token !== undefined) {
				context.body = { ...body, id_token: spoil(body.id_token, spoiling) };
			}
		});
		return opened;
	}

	function spoil(token: string, { change, unsigned = false }: Spoiling): string {
		const [header = '', payload = '', signature = ''] = token.split('.');
		const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
		const changed = `${header}.${Buffer.from(JSON.stringify(change(claims))).toString('base64url')}`;
		const signed = sign('sha256', Buffer.from(changed), privateKey).toString('base64url');
		return `${changed}.${unsigned ? signature : signed}`;
	}

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (delay > 0) await wait(delay);
		provider ??= open();
		const isInteraction = request.url?.startsWith('/interaction/');
		if (isInteraction && request.method === 'POST') return await finish(provider, request, response);
		if (isInteraction) return void response.setHeader('content-type', 'text/html').end(SIGN_IN_PAGE);
		await provider.callback()(request, response);
	}

	return {
		variables: {
			OIDC_ISSUER: issuer,
			OIDC_CLIENT_ID: CLIENT_ID,
			OIDC_CLIENT_SECRET: CLIENT_SECRET,
			OIDC_NAME: 'Test eID',
			OIDC_CITIES: JSON.stringify({ 'Тараз қаласы': 'taraz' }),
		},
		knowApplication(at) {
			origin = at;
			provider = null;
		},
		addPerson(claims) {
			const name = randomUUID();
			people.set(name, claims);
			return name;
		},
		spoilTokens: (wanted) => void (spoiling = wanted),
		beSlow: (milliseconds) => void (delay = milliseconds),
		tellOnlyWhenAsked(only) {
			onlyWhenAsked = only;
			provider = null;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Its own would warn at each start that it forgets. */
class Memory implements Adapter {
	static readonly #kept = new Map<string, AdapterPayload>();
	readonly #model: string;

	constructor(model: string) {
		this.#model = model;
	}

	upsert(id: string, payload: AdapterPayload): Promise<void> {
		Memory.#kept.set(`${this.#model} ${id}`, payload);
		return Promise.resolve();
	}

	find(id: string): Promise<AdapterPayload | undefined> {
		return Promise.resolve(Memory.#kept.get(`${this.#model} ${id}`));
	}

	findByUid(uid: string): Promise<AdapterPayload | undefined> {
		return Promise.resolve(Memory.#kept.values().find((payload) => payload.uid === uid));
	}

	findByUserCode(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	async consume(id: string): Promise<void> {
		const payload = await this.find(id);
		if (payload) payload.consumed = Math.floor(Date.now() / 1000);
	}

	destroy(id: string): Promise<void> {
		Memory.#kept.delete(`${this.#model} ${id}`);
		return Promise.resolve();
	}

	revokeByGrantId(grantId: string): Promise<void> {
		for (const [key, payload] of Memory.#kept) if (payload.grantId === grantId) Memory.#kept.delete(key);
		return Promise.resolve();
	}
}

/** What the person typed there: their name, or nothing, when they turned back. */
async function finish(provider: Provider, request: IncomingMessage, response: ServerResponse) {
	const name = new URLSearchParams(await text(request)).get('name') ?? '';
	const { params } = await provider.interactionDetails(request, response);
	if (name === '') {
		const declined = { error: 'access_denied', error_description: '<b>not today</b>' };
		return await provider.interactionFinished(request, response, declined);
	}
	const grant = new provider.Grant({ accountId: name, clientId: String(params['client_id']) });
	grant.addOIDCScope(String(params['scope']));
	const consent = { grantId: await grant.save() };
	await provider.interactionFinished(request, response, { login: { accountId: name }, consent });
}

const SIGN_IN_PAGE = `<!doctype html><html lang="en"><title>Test eID</title>
<form method="post"><label>Name <input name="name"></label> <button>Sign in</button></form></html>`;

/** Goes there and signs in by this name, or turns back. @returns the way back: path and question. */
export async function passThrough(href: string, name: string): Promise<string> {
	const start = new URL(href);
	const browser = new HttpBrowser(start.origin);
	let path = start.pathname + start.search;
	for (let steps = 0; steps < 6; steps++) {
		const isForm = path.startsWith('/interaction/');
		const { location, status, body } = isForm ? await browser.post(path, { name }) : await browser.get(path);
		if (location === null) throw new Error(`the provider leads nowhere: ${status} ${body}`);
		const next = new URL(location, start.origin);
		path = next.pathname + next.search;
		if (next.origin !== start.origin) return path;
	}
	throw new Error('the provider leads in circles');
}
