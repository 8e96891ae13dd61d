/** Why a file cannot be counted (docs/tally.md, 3), and the line where it shows. Lines start at 1. */
export type Fault = { readonly line: number; readonly reason: string };

export type MalformedFile = Fault & { readonly code: 'malformed' };

/** Thrown while reading, caught at its door: a file is either whole or refused at its first fault. */
export class Malformed extends Error {
	readonly fault: Fault;

	constructor(line: number, reason: string) {
		super(`line ${line}: ${reason}`);
		this.fault = { line, reason };
	}
}

/** The file is counted as it stands, and this was odd (docs/tally.md, 3). Null where it is about no line. */
export type Warning = { readonly line: number | null; readonly text: string };
