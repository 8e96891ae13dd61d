import { describe, expect, it } from 'vitest';
import { faultsOf, findPlaceFaults, sharedMinutes } from './places.ts';

describe('the check of places and names', () => {
	it.each([
		['src/lib/domain/budget/LineCode.ts', '', 'kebab-case'],
		['src/lib/ui/budget/line-table.svelte', '', 'kebab-case'],
		['migrations/add_audit.ts', '', 'kebab-case'],
		['migrations/20261124T1760_add_audit.ts', '', 'is no minute'],
		['migrations/20260230T1200_add_audit.ts', '', 'is no minute'],
		['src/lib/domain/budget/utils.ts', '', 'what kind of thing'],
		['src/lib/ui/form/FieldWrapper.svelte', '', 'what kind of thing'],
		['src/lib/domain/budget/index.ts', '', 'only an area has a door'],
		['src/lib/domain/budget/line.ts', 'export type LineData = string;\n', 'LineData'],
	])('names %s', (name, text, fault) => {
		expect([...faultsOf({ name, text })].join('\n')).toContain(fault);
	});

	it.each([
		['src/lib/domain/budget/line-code.test.ts', ''],
		['src/lib/ui/budget/LineTable.examples.ts', ''],
		['src/lib/ui/budget/Line.svelte', ''],
		['src/routes/[lang=lang]/me/+page.server.ts', ''],
		['src/lib/server/budget/index.ts', 'export type BudgetLine = string;\n'],
		['src/params/export_table.ts', ''],
		['migrations/20280229T2359_add_audit.ts', ''],
	])('leaves %s alone', (name, text) => {
		expect([...faultsOf({ name, text })]).toEqual([]);
	});

	it('names two migrations of one minute, whose order would be chance', () => {
		const files = ['add_audit', 'add_mail'].map((what) => ({
			name: `migrations/20261124T1200_${what}.ts`,
			text: '',
		}));
		expect([...sharedMinutes(files)].join('\n')).toContain('for several');
		expect([...sharedMinutes(files.slice(1))]).toEqual([]);
	});

	it('finds nothing in this project', async () => {
		expect(await findPlaceFaults()).toEqual([]);
	});
});
