import type { Reader } from '../capabilities.ts';

/** True when this database was filled with simulated people; every page and export then says so. */
export async function isDemonstration(reader: Reader): Promise<boolean> {
	const mark = await reader.selectFrom('demonstration').select('is_on').executeTakeFirst();
	return mark !== undefined;
}
