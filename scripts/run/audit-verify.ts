import { parseArgs } from 'node:util';
import type { AuditBreak, NotedHead } from '#lib/domain/proof/verify-audit.ts';
import { readHash } from '#lib/domain/proof/hash.ts';
import { checkAuditLog } from '../instance/audit.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

const BROKEN = 1;
const UNREAD = 2;

const REASONS: Readonly<Record<AuditBreak['code'], string>> = {
	entry_missing: 'it was taken out',
	previous_differs: 'it does not continue the entry before it, which was changed, moved or replaced',
	entry_changed: 'it does not say what it said when it was written',
	details_changed: 'its details are not those that were recorded',
	details_missing: 'its details are gone, and no entry says that they were erased',
	end_missing: 'it and all after it, up to the head that was noted, were cut off',
	head_differs: 'it is not the one that was noted, so the log was written anew up to here',
};

let outcome = UNREAD;
try {
	const noted = readNoted();
	await onDatabase(async (instance) => {
		const { head, erased, firstBreak } = await checkAuditLog(instance, noted);
		if (firstBreak !== null) {
			outcome = BROKEN;
			throw new Fault(`The audit log is broken at entry ${firstBreak.number}: ${REASONS[firstBreak.code]}.`);
		}
		outcome = 0;
		if (head.hash === null) return say('The audit log has no entry yet.');
		say(`The audit log is whole: ${head.number} entries, the details of ${erased} were erased.`);
		if (noted !== null) say(`It is the log whose head ${noted.number} was noted.`);
		say(`Head: ${head.number}:${head.hash}`);
	});
} catch (error) {
	tellError(error);
}
process.exitCode = outcome;

function readNoted(): NotedHead | null {
	const { head } = readOptions();
	if (head === undefined) return null;
	const [number = '', hash = ''] = head.split(':');
	const read = readHash(hash);
	if (!/^[1-9]\d{0,8}$/.test(number) || read === null) {
		throw new Fault(`--head must be a number and a hash as printed here, like 17:${'0'.repeat(64)}`);
	}
	return { number: Number(number), hash: read };
}

function readOptions(): { head?: string | undefined } {
	try {
		return parseArgs({ options: { head: { type: 'string' } } }).values;
	} catch (error) {
		throw new Fault(error instanceof Error ? error.message : String(error));
	}
}
