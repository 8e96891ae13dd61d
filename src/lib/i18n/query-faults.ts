import type { Language } from '#lib/domain/base/language.ts';
import { m } from '#lib/paraglide/messages.js';

type Fault<Code extends string> = { readonly parameter: string; readonly code: Code };

const TEXTS = {
	parameter_unknown: (parameter: string, locale: Language) =>
		m.query_fault_parameter_unknown({ parameter }, { locale }),
	parameter_repeated: (parameter: string, locale: Language) =>
		m.query_fault_parameter_repeated({ parameter }, { locale }),
	city_unknown: (_: string, locale: Language) => m.query_fault_city_unknown({}, { locale }),
	day_invalid: (_: string, locale: Language) => m.query_fault_day_invalid({}, { locale }),
	days_reversed: (_: string, locale: Language) => m.query_fault_days_reversed({}, { locale }),
	version_unknown: (_: string, locale: Language) => m.query_fault_version_unknown({}, { locale }),
	year_invalid: (_: string, locale: Language) => m.query_fault_year_invalid({}, { locale }),
	release_unknown: (_: string, locale: Language) => m.query_fault_release_unknown({}, { locale }),
} as const;

export type QueryFaultCode = keyof typeof TEXTS;

/** Says what is wrong with a parameter of an address. The language is passed: machines' addresses have none. */
export function describeFault({ parameter, code }: Fault<QueryFaultCode>, language: Language): string {
	return TEXTS[code](parameter, language);
}
