export { eraseDetails, type EraseRefusal } from './erase-details.ts';
export { listOwnActs } from './own-data.ts';
export { readAuditQuery, type AuditQuery } from './query.ts';
export * from './reads.ts';
export { recordAct, type Act } from './record-act.ts';
export { auditRecords } from './records.ts';
