export function match(param: string): boolean {
	return /^(19|20)\d\d$/.test(param);
}
