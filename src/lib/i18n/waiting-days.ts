import type { Language } from '#lib/domain/base/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatInteger, formatScaled } from './number.ts';

/** The middle of whole days is whole or a half: `10,5`, `11`. */
export function formatHalves(days: number, language: Language): string {
	return Number.isInteger(days) ? formatInteger(days, language) : formatScaled(days * 10, 1, language);
}

/** `10,5 күн`, `10,5 дня`, `10.5 days`. */
export function formatDays(days: number, language: Language): string {
	return m.statistics_days({ days, shown: formatHalves(days, language) });
}
