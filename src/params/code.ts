/** The alias of a budget line in addresses: `07`, `07-1-373`, `458-012`, `income-1`. */
export function match(param: string): boolean {
	return /^(income-\d{1,6}|\d{2}(-\d{1,3}){0,4}|\d{3}(-\d{3}){0,2})$/.test(param);
}
