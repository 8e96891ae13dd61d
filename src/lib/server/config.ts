import { z } from 'zod';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toCityName } from '#lib/domain/identity/provider-claims.ts';
import type { ProviderSettings } from './identity/index.ts';

const PORT_MAX = 65_535;
const SECRET_LENGTH = 32;

/** Fewer different characters than any random text of that length has, and than any example or placeholder of ours. */
const SECRET_VARIETY = 10;

const given = z.string({ error: 'must be given' });

const secret = given
	.min(SECRET_LENGTH, { error: `needs ${SECRET_LENGTH} characters or more`, abort: true })
	.refine(
		(text) => new Set(text).size >= SECRET_VARIETY,
		'can be guessed: make one by openssl rand -base64 32',
	);

/** Every variable of the environment that the server reads; docs/operations.md has the same table. */
const environment = z.object({
	HOST: z.string().default('127.0.0.1'),
	PORT: z.coerce.number().int().min(1).max(PORT_MAX).default(4173),
	ORIGIN: z.url({ protocol: /^https?$/, error: 'must be an address like https://budget.example' }).optional(),
	DATABASE_URL: given.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
	DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
	SMTP_URL: z
		.string()
		.regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
		.optional(),
	MAIL_FROM: z.string().default('Ortaq Budget <no-reply@localhost>'),
	OPERATOR: z.string().trim().min(1).max(300).optional(),
	SECRET_KEY: secret,
	PERSON_KEY: secret,
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

const THIS_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]']);
const CLIENT_SECRET_LENGTH = 16;
const NAME_LENGTH_MAX = 60;

/** Codes of people and their numbers go over it: only to this machine may it be unencrypted. */
function isSafeAddress(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, username, search, hash } = new URL(text);
	const isSafe = protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.has(hostname));
	return isSafe && username + search + hash === '';
}

const claim = z.string().min(1).max(200);

/** By the provider's names of cities, our slugs. */
const cityNames = z
	.string()
	.default('{}')
	.transform((text, context) => {
		const names = z.record(z.string(), z.string().regex(/^[a-z][a-z-]{1,39}$/)).safeParse(parseJson(text));
		if (names.success) return names.data;
		context.addIssue({ code: 'custom', message: 'must be like {"name of the provider": "slug of ours"}' });
		return z.NEVER;
	});

/** What a provider of identities needs, once anything of it is given. */
const provider = z.object({
	OIDC_ISSUER: given.refine(isSafeAddress, {
		error: 'must be an address like https://id.example (http:// on this machine only)',
		abort: true,
	}),
	OIDC_CLIENT_ID: given,
	OIDC_CLIENT_SECRET: given.min(CLIENT_SECRET_LENGTH, `needs ${CLIENT_SECRET_LENGTH} characters or more`),
	OIDC_NAME: given.trim().min(1).max(NAME_LENGTH_MAX, `takes ${NAME_LENGTH_MAX} characters at most`),
	OIDC_SCOPE: z
		.string()
		.default('openid')
		.refine((scope) => scope.split(' ').includes('openid'), { error: 'must contain openid' }),
	OIDC_IIN_CLAIM: claim.default('iin'),
	OIDC_CITY_CLAIM: claim.default('/address/locality'),
	OIDC_CITIES: cityNames,
	// The provider sends people back there.
	ORIGIN: z
		.string()
		.default('http://127.0.0.1')
		.refine(isSafeAddress, { error: 'must begin with https:// where OIDC_ISSUER is given' }),
});

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

export type Config = {
	readonly origin: string;
	readonly databaseUrl: string;
	readonly databasePool: number;
	readonly smtpUrl: string | null;
	readonly mailFrom: string;
	/** Name, BIN and address of who answers for the personal data: the law wants them in the consent. */
	readonly operator: string | null;
	/** Wraps the keys of consultations and signs nothing that leaves the server. */
	readonly secretKey: string;
	/** The key of the persons' hashes. Its own, since it cannot be rotated. */
	readonly personKey: string;
	readonly logLevel: string;
	/** Null where none is set up. */
	readonly oidc: ProviderSettings | null;
};

/** @throws Error that names every fault at once, one a line. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
	const parsed = environment.safeParse(variables);
	const wantsProvider = Object.keys(variables).some((name) => name.startsWith('OIDC_'));
	const oidc = wantsProvider ? provider.safeParse(variables) : null;
	const faults = [...listFaults(parsed), ...listFaults(oidc)];
	const { SECRET_KEY, PERSON_KEY } = variables;
	if (PERSON_KEY && PERSON_KEY === SECRET_KEY)
		faults.push('  PERSON_KEY: must be another one than SECRET_KEY');
	if (!parsed.success || oidc?.success === false || faults.length > 0) {
		throw new Error(`The configuration has faults:\n${faults.join('\n')}`);
	}
	const { data } = parsed;
	return {
		origin: new URL(data.ORIGIN ?? `http://${data.HOST}:${data.PORT}`).origin,
		databaseUrl: data.DATABASE_URL,
		databasePool: data.DATABASE_POOL,
		smtpUrl: data.SMTP_URL ?? null,
		mailFrom: data.MAIL_FROM,
		operator: data.OPERATOR ?? null,
		secretKey: data.SECRET_KEY,
		personKey: data.PERSON_KEY,
		logLevel: data.LOG_LEVEL,
		oidc: oidc && toProviderSettings(oidc.data),
	};
}

function listFaults(parsed: z.ZodSafeParseResult<unknown> | null): string[] {
	return parsed?.error?.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`) ?? [];
}

function toProviderSettings(data: z.infer<typeof provider>): ProviderSettings {
	const cities = Object.entries(data.OIDC_CITIES).map(
		([name, slug]) => [toCityName(name), slug as CityId] as const,
	);
	return {
		issuer: data.OIDC_ISSUER,
		clientId: data.OIDC_CLIENT_ID,
		clientSecret: data.OIDC_CLIENT_SECRET,
		name: data.OIDC_NAME,
		scope: data.OIDC_SCOPE,
		claims: { iin: data.OIDC_IIN_CLAIM, city: data.OIDC_CITY_CLAIM, cities: new Map(cities) },
	};
}
