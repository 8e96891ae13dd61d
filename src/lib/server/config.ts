import { z } from 'zod';

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
};

/** @throws Error that names every fault at once, one a line. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
	const parsed = environment.safeParse(variables);
	const faults = (parsed.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
	const { SECRET_KEY, PERSON_KEY } = variables;
	if (PERSON_KEY && PERSON_KEY === SECRET_KEY)
		faults.push('  PERSON_KEY: must be another one than SECRET_KEY');
	if (!parsed.success || faults.length > 0) {
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
	};
}
