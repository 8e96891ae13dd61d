import { encode } from 'uqr';

/** A square code (QR) as one path, for an SVG of `size` by `size`: a row of dark squares is one stroke of it. */
export type SquareCode = { readonly size: number; readonly path: string };

/** The quiet edge that readers need around the code. */
const BORDER = 4;

export function toSquareCode(text: string): SquareCode {
	const { size, data } = encode(text, { ecc: 'M', border: BORDER });
	return { size, path: data.map(drawRow).join('') };
}

function drawRow(row: readonly boolean[], y: number): string {
	const runs = row
		.map((dark) => (dark ? '1' : '0'))
		.join('')
		.matchAll(/1+/g);
	return Array.from(runs, ({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`).join('');
}
