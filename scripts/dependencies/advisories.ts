/** What the registry knows of the packages, or that it did not tell. */
export type Advisories =
	| { readonly known: true; readonly faults: readonly string[] }
	| { readonly known: false; readonly reason: string };

type Via = string | { readonly title?: unknown; readonly url?: unknown };
type Vulnerability = { readonly name?: unknown; readonly severity?: unknown; readonly via?: readonly Via[] };

/**
 * Reads what `npm audit --json` printed. Anything but a whole report, which has counts beside its list, is no answer: an
 * error of npm, a page of some proxy, nothing at all.
 */
export function readAdvisories(output: string): Advisories {
	const report = parseObject(output);
	if (report === null) return { known: false, reason: 'no answer that could be read' };
	const { vulnerabilities, metadata, error, message } = report;
	if (!isObject(vulnerabilities) || !isObject(metadata)) {
		const told = [
			isObject(error) ? error['summary'] : error,
			isObject(error) ? error['code'] : null,
			message,
		];
		return { known: false, reason: toLine(told.find((each) => typeof each === 'string' && each !== '')) };
	}
	const faults = Object.entries(vulnerabilities).map(([name, entry]) =>
		describe(name, entry as Vulnerability),
	);
	return { known: true, faults: faults.sort() };
}

function describe(name: string, { severity, via = [] }: Vulnerability): string {
	const reasons = via.map((each) => (typeof each === 'string' ? `through ${each}` : toLine(each.title)));
	return `${name}: ${toLine(severity)}: ${reasons.join('; ') || 'no reason given'}`;
}

const LINE_MAX = 200;

function toLine(told: unknown): string {
	const text = typeof told === 'string' && told.trim() !== '' ? told : 'no reason given';
	return text
		.replace(/\p{Cc}+/gu, ' ')
		.trim()
		.slice(0, LINE_MAX);
}

/** npm puts warnings of its own around the report. */
function parseObject(output: string): Record<string, unknown> | null {
	const [start, end] = [output.indexOf('{'), output.lastIndexOf('}')];
	if (start === -1 || end < start) return null;
	try {
		const parsed: unknown = JSON.parse(output.slice(start, end + 1));
		return isObject(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
