import { randomBytes } from 'node:crypto';
import type { Result } from '#lib/domain/base/result.ts';
import { verifyAudit, type AuditReport, type NotedHead } from '#lib/domain/proof/verify-audit.ts';
import { auditRecords, eraseDetails, type EraseRefusal } from '#lib/server/audit/index.ts';
import { sha256 } from '#lib/server/digest.ts';
import type { Instance } from './instance.ts';
import { asOwner } from './migrate.ts';

/** Reads the whole audit log and says where it is broken first, if anywhere. */
export async function checkAuditLog(instance: Instance, noted: NotedHead | null): Promise<AuditReport> {
	return await asOwner(instance, (db) => verifyAudit(sha256, auditRecords(db), noted));
}

export async function eraseAuditDetails(
	instance: Instance,
	number: number,
): Promise<Result<null, EraseRefusal>> {
	return await asOwner(instance, (db) => eraseDetails({ db, random: randomBytes }, number));
}
