import type { Language } from '#lib/domain/base/language.ts';
import {
	LIST_BYTES_MAX,
	LIST_FAULTS_MAX,
	LIST_ROWS_MAX,
	type ListRefusalCode,
	type RowFault,
	type RowFaultCode,
	type UploadRefusalCode,
} from '#lib/domain/identity/residents-list.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RefusalTexts } from './texts.ts';

const MEGABYTE = 1024 * 1024;
const MILLION = 1_000_000;
const THOUSAND = 1_000;

/** Of a whole file; `detail` is the line where the reading stopped. */
export const listRefusals: RefusalTexts<ListRefusalCode | UploadRefusalCode> = {
	list_missing: () => m.refusal_list_missing(),
	list_too_large: () => m.refusal_list_too_large({ max: LIST_BYTES_MAX / MEGABYTE }),
	list_cut: () => m.refusal_list_cut(),
	list_empty: () => m.refusal_list_empty(),
	list_not_text: () => m.refusal_list_not_text(),
	list_header: () => m.refusal_list_header(),
	list_encoding: (line) => m.refusal_list_encoding({ line }),
	list_broken: (line) => m.refusal_list_broken({ line }),
	list_too_many_rows: () => m.refusal_list_too_many_rows({ max: LIST_ROWS_MAX / MILLION }),
	list_too_many_faults: (line) => m.refusal_list_too_many_faults({ line, max: LIST_FAULTS_MAX / THOUSAND }),
	list_has_faults: () => m.refusal_list_has_faults(),
	list_much_shorter: () => m.refusal_list_much_shorter(),
};

type SayFault = (earlierLine: number, locale: Language) => string;

const FAULTS: Readonly<Record<RowFaultCode, SayFault>> = {
	iin_missing: (_, locale) => m.list_fault_iin_missing({}, { locale }),
	iin_letters: (_, locale) => m.list_fault_iin_letters({}, { locale }),
	iin_foreign_digits: (_, locale) => m.list_fault_iin_foreign_digits({}, { locale }),
	iin_length: (_, locale) => m.list_fault_iin_length({}, { locale }),
	iin_zeros: (_, locale) => m.list_fault_iin_zeros({}, { locale }),
	iin_company: (_, locale) => m.list_fault_iin_company({}, { locale }),
	iin_never_issued: (_, locale) => m.list_fault_iin_never_issued({}, { locale }),
	iin_check_digit: (_, locale) => m.list_fault_iin_check_digit({}, { locale }),
	list_row_repeated: (line, locale) => m.list_fault_row_repeated({ line }, { locale }),
	list_district_unknown: (_, locale) => m.list_fault_district_unknown({}, { locale }),
	list_row_unlisted: (_, locale) => m.list_fault_row_unlisted({}, { locale }),
};

/** What is wrong with one row of a list, in few words. */
export function describeFault({ code, earlierLine }: RowFault, language: Language): string {
	return FAULTS[code](earlierLine ?? 0, language);
}
