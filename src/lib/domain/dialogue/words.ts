/** What the akimat says will become of a comment. */
export const RESPONSE_STATUSES = [
	'under_review',
	'accepted',
	'partly_accepted',
	'declined',
	'in_progress',
	'done',
] as const;
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];
