/** An id that nothing has. */
const UNKNOWN_ID = '01890000-0000-7000-8000-000000000001';

/** What stands in an address where a test does not say otherwise. */
const USUAL: Readonly<Record<string, string>> = {
	...{ lang: 'kk', city: 'taraz', year: '2027', code: '06', slug: 'no-such-vote' },
	...{ table: 'comments', format: 'csv' },
};

/** An address of the route: each `[name=matcher]` filled in by its name, or as usual; ids by one that nothing has. */
export function toPath(routeId: string, parameters: Readonly<Record<string, string>> = {}): string {
	return routeId.replace(/\[(\w+)(?:=(\w+))?\]/g, (_, name: string, matcher?: string) => {
		const value = parameters[name] ?? USUAL[name] ?? (matcher === 'uuid' ? UNKNOWN_ID : undefined);
		if (value === undefined) throw new Error(`nothing to fill in for ${name} of ${routeId}`);
		return value;
	});
}
