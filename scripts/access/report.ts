import { outcomeFor, ROLES, type Table } from './table.ts';

export type AccessReport = {
	readonly lines: readonly string[];
	/** Doors that the table does not name, and rows of the table that lead to no door. */
	readonly undecided: number;
};

const GAP = '  ';

/** The table as text: a line for each door, a column for each role, and last what it comes to. */
export function reportAccess(doors: readonly string[], table: Table): AccessReport {
	const rows = doors.map((door) => {
		const row = Object.hasOwn(table, door) ? table[door] : undefined;
		return [door, ...ROLES.map((role) => (row === undefined ? '?' : `${outcomeFor(row, role)}`))];
	});
	const gone = Object.keys(table).filter((door) => !doors.includes(door));
	const missing = doors.filter((door) => !Object.hasOwn(table, door));
	const undecided = missing.length + gone.length;
	const routes = new Set(doors.map((door) => door.replace(/^\w+ /, '').replace(/\?.*$/, ''))).size;
	return {
		lines: [
			...align([['', ...ROLES], ...rows]),
			...missing.map((door) => `${door}: not in the table`),
			...gone.map((door) => `${door}: in the table, but not there`),
			`${routes} routes, ${ROLES.length} roles, ${undecided} undecided`,
		],
		undecided,
	};
}

function align(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join(GAP)
			.trimEnd(),
	);
}
