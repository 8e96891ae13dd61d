import { z } from 'zod';

const PORT_MAX = 65_535;
const SECRET_LENGTH = 32;

/** Every variable of the environment that the server reads; docs/operations.md has the same table. */
const environment = z.object({
	HOST: z.string().default('127.0.0.1'),
	PORT: z.coerce.number().int().min(1).max(PORT_MAX).default(4173),
	ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
	DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
	DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
	SMTP_URL: z
		.string()
		.regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
		.optional(),
	MAIL_FROM: z.string().default('Ortaq Budget <no-reply@localhost>'),
	OPERATOR: z.string().trim().min(1).max(300).optional(),
	SECRET_KEY: z.string().min(SECRET_LENGTH, `needs ${SECRET_LENGTH} characters or more`),
	PERSON_KEY: z.string().min(SECRET_LENGTH, `needs ${SECRET_LENGTH} characters or more`),
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
	if (!parsed.success) {
		const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
		throw new Error(`The configuration has faults:\n${faults.join('\n')}`);
	}
	const given = parsed.data;
	return {
		origin: new URL(given.ORIGIN ?? `http://${given.HOST}:${given.PORT}`).origin,
		databaseUrl: given.DATABASE_URL,
		databasePool: given.DATABASE_POOL,
		smtpUrl: given.SMTP_URL ?? null,
		mailFrom: given.MAIL_FROM,
		operator: given.OPERATOR ?? null,
		secretKey: given.SECRET_KEY,
		personKey: given.PERSON_KEY,
		logLevel: given.LOG_LEVEL,
	};
}
