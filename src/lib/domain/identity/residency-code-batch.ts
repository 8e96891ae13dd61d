import { refused, ok, type Result } from '../base/result.ts';
import { maskIin, parseIin, type Iin } from './iin.ts';
import type { RowFault } from './residents-list.ts';

/** On one sheet; more than a service centre hands out in a day. */
export const BATCH_CODES_MAX = 200;
/** Days for which a released code works. */
export const CODE_DAYS = 180;
/** Days for which a batch waits to be released. */
export const ASK_DAYS = 7;
/** Minutes for which the form that released a batch is shown its codes again: an answer may be lost on the way. */
export const RESHOW_MINUTES = 10;

/** `lapsed`: nobody released it in time. `expired`: its codes have run out. */
export type BatchState = 'asked' | 'lapsed' | 'released' | 'expired' | 'withdrawn';

export type BatchSizeRefusal = { readonly code: 'codes_size_wrong' };

/** How many anonymous codes are wanted. */
export function parseBatchSize(text: string): Result<number, BatchSizeRefusal> {
	const digits = text.trim();
	const size = /^[0-9]{1,4}$/.test(digits) ? Number(digits) : 0;
	return size >= 1 && size <= BATCH_CODES_MAX ? ok(size) : refused({ code: 'codes_size_wrong' });
}

/** A number with the line on which it was typed. */
export type Receiver = { readonly line: number; readonly iin: Iin };

export type ReceiversRefusal =
	| { readonly code: 'codes_receivers_missing' | 'codes_too_many' }
	/** With each bad line and its reason. */
	| { readonly code: 'codes_receivers_faulty'; readonly faults: readonly RowFault[] };

/** Reads one IIN a line; empty lines are passed over. */
export function parseReceivers(text: string): Result<readonly Receiver[], ReceiversRefusal> {
	const rows = text
		.split(/\r\n|\r|\n/)
		.map((typed, index) => ({ typed, line: index + 1 }))
		.filter(({ typed }) => typed.trim() !== '');
	if (rows.length === 0) return refused({ code: 'codes_receivers_missing' });
	if (rows.length > BATCH_CODES_MAX) return refused({ code: 'codes_too_many' });
	const lines = new Map<Iin, number>();
	const faults: RowFault[] = [];
	for (const { typed, line } of rows) {
		const iin = parseIin(typed);
		const earlierLine = iin.ok ? (lines.get(iin.value) ?? null) : null;
		if (iin.ok && earlierLine === null) lines.set(iin.value, line);
		else {
			const code = iin.ok ? 'list_row_repeated' : iin.refusal.code;
			faults.push({ line, code, earlierLine, maskedIin: maskIin(typed) });
		}
	}
	if (faults.length > 0) return refused({ code: 'codes_receivers_faulty', faults });
	return ok(Array.from(lines, ([iin, line]) => ({ line, iin })));
}
