import type { Language, Passage } from '#lib/domain/base/language.ts';
import { perHead, shareInThousandths, sumTenge, type Tenge } from '#lib/domain/base/tenge.ts';

/** A row of a BarTable. */
export type BarRow = {
	/** The line's code, or a word for a row that stands for several lines. */
	readonly key: string;
	readonly name: string;
	/** Language of the name, where it is not the page's. */
	readonly lang?: Language | undefined;
	readonly href: string | null;
	readonly amount: Tenge;
	/** Of the whole, in thousandths. */
	readonly share: number | null;
	readonly perResident: Tenge | null;
	readonly comments: number;
	/** Stands for all lines that have no row. */
	readonly rest?: boolean;
};

export type NamedLine = {
	readonly code: string;
	readonly alias: string;
	readonly name: Passage;
	readonly amount: Tenge;
};

export type BarRowContext = {
	readonly language: Language;
	/** Of what the lines are a part; null where that is not known. */
	readonly whole: Tenge | null;
	/** By how many residents amounts are divided; null where that is not known. */
	readonly people: number | null;
	/** The address of a line by its alias. */
	readonly hrefOf: (alias: string) => string;
	/** How many comments each line has, by its code. */
	readonly comments?: ReadonlyMap<string, number>;
};

/** Lines as rows of a BarTable, the largest first. */
export function toBarRows(lines: readonly NamedLine[], context: BarRowContext): readonly BarRow[] {
	return lines.toSorted(byAmount).map((line) => ({
		key: line.code,
		name: line.name.text,
		lang: langOf(line.name, context.language),
		href: context.hrefOf(line.alias),
		comments: context.comments?.get(line.code) ?? 0,
		...figuresOf(line.amount, context),
	}));
}

export type Rest = { readonly name: (count: number) => string; readonly href: string };

/** The largest lines as rows, and the others together as the last one; a single other is not worth hiding. */
export function toLargestBarRows(
	lines: readonly NamedLine[],
	context: BarRowContext,
	most: number,
	rest: Rest,
): readonly BarRow[] {
	if (lines.length <= most + 1) return toBarRows(lines, context);
	const sorted = lines.toSorted(byAmount);
	const others = sorted.slice(most);
	return [
		...toBarRows(sorted.slice(0, most), context),
		{
			key: 'rest',
			name: rest.name(others.length),
			href: rest.href,
			comments: 0,
			rest: true,
			...figuresOf(sumTenge(others.map((line) => line.amount)), context),
		},
	];
}

/** The `lang` of a passage in a page of another language. */
export function langOf(passage: Passage, language: Language): Language | undefined {
	return passage.language === language ? undefined : passage.language;
}

function byAmount(first: NamedLine, second: NamedLine): number {
	if (first.amount !== second.amount) return first.amount > second.amount ? -1 : 1;
	return first.code < second.code ? -1 : 1;
}

function figuresOf(amount: Tenge, { whole, people }: BarRowContext) {
	return {
		amount,
		share: whole === null ? null : shareInThousandths(amount, whole),
		perResident: people === null ? null : perHead(amount, people),
	};
}
