import type { EraseRefusal } from '#lib/server/audit/index.ts';
import { eraseAuditDetails } from '../instance/audit.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

const REFUSALS: Readonly<Record<EraseRefusal['code'], string>> = {
	audit_entry_unknown: 'The audit log has no such entry.',
	audit_details_erased: 'The details of this entry were erased before.',
};

try {
	const number = readNumber();
	await onDatabase(async (instance) => {
		const erased = await eraseAuditDetails(instance, number);
		if (!erased.ok) throw new Fault(REFUSALS[erased.refusal.code]);
		say(`The details of entry ${number} are erased. The entry and its erasure stay on record.`);
	});
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

function readNumber(): number {
	const [text = '', ...more] = process.argv.slice(2);
	if (!/^[1-9]\d{0,8}$/.test(text) || more.length > 0) {
		throw new Fault('Say which entry by its number: npm run audit:erase -- 17');
	}
	return Number(text);
}
