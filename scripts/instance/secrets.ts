import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../lib/fault.mjs';

const BYTES = 32;

/**
 * The secrets of an embedded database: made at its first start, kept beside it and never in it, readable by us alone.
 * @throws Fault when the database is there and they are not: with new ones, nobody could vote under their old hash.
 */
export async function readSecrets(dataFolder: string, database: string) {
	const folder = path.join(dataFolder, 'secrets');
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const read = async (name: string): Promise<string> => {
		const file = path.join(folder, name);
		if (!existsSync(file)) {
			if (existsSync(database)) {
				throw new Fault(
					`${file} is missing, and the database in ${database} was made with it: ` +
						`put it back, or delete that folder to begin anew.`,
				);
			}
			const made = randomBytes(BYTES).toString('base64url');
			await writeFile(file, made, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== 'EEXIST') throw error;
			});
		}
		return (await readFile(file, 'utf8')).trim();
	};
	return { secretKey: await read('secret-key'), personKey: await read('person-key') };
}
