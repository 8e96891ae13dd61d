export { eraseDetails, type EraseRefusal } from './erase-details.ts';
export { recordAct, type Act } from './record-act.ts';
export { auditRecords } from './records.ts';
