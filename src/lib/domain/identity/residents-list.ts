import type { IinRefusal } from './iin.ts';

/** Why one row of a list was not taken. */
export type RowFaultCode =
	| IinRefusal['code']
	| 'list_row_repeated'
	| 'list_district_unknown'
	/** Of people who are to get codes: the list does not name them. */
	| 'list_row_unlisted';

export type RowFault = {
	/** As a spreadsheet numbers them: the header is line 1. */
	readonly line: number;
	readonly code: RowFaultCode;
	/** Of a repeated row: where the number stood first. */
	readonly earlierLine: number | null;
	/** The last digits at most; never the number. */
	readonly maskedIin: string;
};

/** Why a whole file was refused; the list before it stands. */
export type ListRefusalCode =
	| 'list_empty'
	| 'list_not_text'
	| 'list_header'
	| 'list_encoding'
	| 'list_broken'
	| 'list_too_many_rows'
	| 'list_too_many_faults'
	| 'list_has_faults'
	| 'list_much_shorter';

/** Why an upload did not come to be read. */
export type UploadRefusalCode = 'list_missing' | 'list_too_large' | 'list_cut';

/** `line` where the reading stopped; null where no line is to blame. */
export type ListRefusal = { readonly code: ListRefusalCode; readonly line: number | null };

/** More than the largest city has people: what is longer is another file. */
export const LIST_ROWS_MAX = 3_000_000;
/** A file with more bad rows than this is another file, or exported wrongly. */
export const LIST_FAULTS_MAX = 10_000;
export const LIST_BYTES_MAX = 256 * 1024 * 1024;

/** Days for which somebody whom a new list lacks stays a resident: time to find out why, and for a mended list. */
export const UNLISTED_DAYS = 90;
/** Days for which the report of bad rows can be looked at. */
export const FAULTS_KEPT_DAYS = 30;

const FEW = 20;
const SHARE = 10;

/** True when so many would fall off the list that it is more likely half a file than a new list: over a tenth, and over twenty. */
export function isMuchShorter(listedBefore: number, removed: number): boolean {
	return removed > FEW && removed * SHARE > listedBefore;
}

const IIN_HEADINGS: readonly string[] = ['иин', 'жсн', 'iin'];
const DISTRICT_HEADINGS: readonly string[] = ['район', 'аудан', 'ауданы', 'district'];

const DISTRICT_WORDS: readonly string[] = [...DISTRICT_HEADINGS, 'р', 'н', 'атындағы', 'имени', 'им.'];

export type ListColumns = { readonly iin: number; readonly district: number | null };

/** Where the columns stand, by their headings in any of the three languages; null when none is the IIN's. */
export function findColumns(header: readonly string[]): ListColumns | null {
	const headings = header.map(fold);
	const iin = headings.findIndex((heading) => IIN_HEADINGS.includes(heading));
	const district = headings.findIndex((heading) => DISTRICT_HEADINGS.includes(heading));
	return iin === -1 ? null : { iin, district: district === -1 ? null : district };
}

const DELIMITERS = [';', ',', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** What stands most often in the header divides the columns; a header without any has one column. */
export function findDelimiter(headerLine: string): Delimiter {
	const counts = DELIMITERS.map((delimiter) => headerLine.split(delimiter).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** Two writings of a heading or a district that people take for one are equal in this form. */
export function fold(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[\s\u00a0]+/gu, ' ')
		.trim()
		.toLowerCase();
}

/** A district's name without the words that say it is one: «Алатауский район» and «Алатауский» are the same. */
export function foldDistrict(name: string): string {
	const words = fold(name)
		.split(/[\s-]+/)
		.filter((word) => !DISTRICT_WORDS.includes(word));
	return words.join(' ');
}
