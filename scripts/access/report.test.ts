import { describe, expect, it } from 'vitest';
import { reportAccess } from './report.ts';
import { ROLES, TABLE } from './table.ts';
import { listDoors } from './doors.ts';

describe('the report of npm run access', () => {
	it('counts a route that the table does not name, and a row whose route is gone, as undecided', () => {
		const { lines, undecided } = reportAccess(['GET /', 'GET /new', 'POST /new?/send'], {
			'GET /': { others: 200 },
			'GET /gone': { others: 200 },
		});
		expect(undecided).toBe(3);
		expect(lines).toContain('GET /new: not in the table');
		expect(lines).toContain('GET /gone: in the table, but not there');
		expect(lines.at(-1)).toBe(`2 routes, ${ROLES.length} roles, 3 undecided`);
	});

	it('shows what each role gets, and its exceptions', () => {
		const { lines } = reportAccess(['GET /me'], { 'GET /me': { visitor: '303 /kk/sign-in', others: 200 } });
		expect(lines[1]).toMatch(/^GET \/me {2}303 \/kk\/sign-in {2}200( +200){10}$/);
	});

	it('has nothing undecided of the routes there are', async () => {
		expect(reportAccess(await listDoors(), TABLE).undecided).toBe(0);
	});
});
