import { randomBytes } from 'node:crypto';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import { quiet } from '#scripts/instance/migrate.ts';

/** What commands need, over the database of a test: a real clock, real chance, no mail server. */
export function anApp(db: Db): Capabilities {
	return {
		db,
		clock: () => parseInstant(new Date().toISOString()),
		random: (bytes) => randomBytes(bytes),
		mailer: null,
		keys: { secret: 'a secret of the tests, not of anybody', person: 'a key of the tests, not of anybody' },
		log: quiet,
		origin: 'http://127.0.0.1:4173',
	};
}
