/** An address of the route: each `[name=matcher]` filled in by its name. */
export function toPath(routeId: string, parameters: Readonly<Record<string, string>>): string {
	return routeId.replace(/\[(\w+)(?:=\w+)?\]/g, (_, name: string) => {
		const value = parameters[name];
		if (value === undefined) throw new Error(`nothing to fill in for ${name} of ${routeId}`);
		return value;
	});
}
