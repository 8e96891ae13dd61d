import type { Brand } from './brand.ts';

/** The slug of a city is its key: reference data has natural keys. */
export type CityId = Brand<string, 'CityId'>;
export type DistrictId = Brand<string, 'DistrictId'>;
export type AccountId = Brand<string, 'AccountId'>;
export type PersonId = Brand<string, 'PersonId'>;
export type BudgetId = Brand<string, 'BudgetId'>;
export type ConsultationId = Brand<string, 'ConsultationId'>;
export type OptionId = Brand<string, 'OptionId'>;
export type CommentId = Brand<string, 'CommentId'>;
export type ResponseId = Brand<string, 'ResponseId'>;
export type SubmissionId = Brand<string, 'SubmissionId'>;
export type MailId = Brand<string, 'MailId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type ResidentsImportId = Brand<string, 'ResidentsImportId'>;
export type PasskeyId = Brand<string, 'PasskeyId'>;
export type InvitationId = Brand<string, 'InvitationId'>;
export type CodeBatchId = Brand<string, 'CodeBatchId'>;
export type CounterVisitId = Brand<string, 'CounterVisitId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
	return UUID.test(text);
}

/**
 * A version 7 uuid (RFC 9562, section 5.7): 48 bits of milliseconds, then randomness, so that ids sort by the time they
 * were made. Never for the content of a ballot: its id must not tell when it was cast.
 */
export function uuidV7(milliseconds: number, random: Uint8Array): string {
	const bytes = new Uint8Array(16);
	bytes.set(random.subarray(0, 16));
	let rest = milliseconds;
	for (let index = 5; index >= 0; index--) {
		bytes[index] = rest % 256;
		rest = Math.floor(rest / 256);
	}
	bytes[6] = (bytes[6]! & 0x0f) | 0x70;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
