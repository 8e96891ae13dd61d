import { randomBytes } from 'node:crypto';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities, Random } from './capabilities.ts';
import { readConfig, type Config } from './config.ts';
import { openDatabase, openPool } from './db/pool.ts';
import { openIdentityProvider } from './identity/index.ts';
import { openLog } from './log.ts';
import { openMailer } from './mail/index.ts';

const random: Random = (bytes) => randomBytes(bytes);

/** Everything the commands need, built once. The caller closes it. */
export function openApp(config: Config = readConfig()): Capabilities & { close(): Promise<void> } {
	const log = openLog(config.logLevel);
	const pool = openPool(config.databaseUrl, config.databasePool, log);
	const db = openDatabase(pool);
	return {
		db,
		clock: () => parseInstant(new Date().toISOString()),
		random,
		mailer: openMailer(config.smtpUrl, config.mailFrom, config.origin),
		keys: { secret: config.secretKey, person: config.personKey },
		identityProvider: config.oidc && openIdentityProvider(config.oidc, config.origin, log),
		log,
		origin: config.origin,
		operator: config.operator,
		close: () => db.destroy(),
	};
}
