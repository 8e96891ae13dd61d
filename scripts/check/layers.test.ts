import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRoot } from '../lib/root.mjs';
import { runProgram } from '../lib/run-program.mjs';

/** One broken file for each rule of .dependency-cruiser.mjs: what it is called, and what it imports. */
const BROKEN: readonly (readonly [rule: string, file: string, imports: string])[] = [
	['domain-is-pure', 'src/lib/domain/budget/with-database.ts', '#lib/server/db/pool.ts'],
	['domain-is-pure', 'src/lib/domain/budget/with-package.ts', 'zod'],
	['domain-is-pure', 'src/lib/domain/budget/with-node.ts', 'node:fs'],
	['domain-base-imports-nothing', 'src/lib/domain/base/above.ts', '#lib/domain/budget/words.ts'],
	['tally-knows-no-person', 'src/lib/domain/tally/person.ts', '#lib/domain/identity/words.ts'],
	['server-below-pages', 'src/lib/server/budget/picture.ts', '#lib/ui/chart/chart.ts'],
	['server-without-kit', 'src/lib/server/budget/kit.ts', '@sveltejs/kit'],
	['area-by-its-door', 'src/routes/around.ts', '#lib/server/budget/reads/lines.ts'],
	[
		'area-by-its-door-from-area',
		'src/lib/server/consultation/around.ts',
		'#lib/server/budget/reads/lines.ts',
	],
	['area-mail-leftwards', 'src/lib/server/mail/rightwards.ts', '#lib/server/identity/index.ts'],
	['area-identity-leftwards', 'src/lib/server/identity/rightwards.ts', '#lib/server/budget/index.ts'],
	['area-budget-leftwards', 'src/lib/server/budget/rightwards.ts', '#lib/server/dialogue/index.ts'],
	['permits-only-from-http', 'src/lib/server/budget/request.ts', '#lib/server/http/index.ts'],
	['ui-gets-props', 'src/lib/ui/chart/server.ts', '#lib/server/budget/index.ts'],
	['ui-gets-props', 'src/lib/ui/chart/page-state.ts', '$app/state'],
	['ui-imports-little', 'src/lib/ui/chart/route.ts', '#lib/server/capabilities.ts'],
	['formats-know-words-only', 'src/lib/i18n/with-database.ts', '#lib/server/db/pool.ts'],
	['chart-behind-its-engine', 'src/lib/ui/chart/chart-of-its-own.ts', 'chart.js'],
	['engine-when-a-chart-is', 'src/lib/ui/chart/at-once.ts', '#lib/ui/chart/engine.ts'],
	['lucia-behind-its-seam', 'src/lib/server/identity/elsewhere.ts', 'lucia'],
	['migrations-are-frozen', 'migrations/20260101T0000_use_the_app.ts', '#lib/domain/budget/words.ts'],
	['routes-without-sql', 'src/routes/query.ts', 'kysely'],
	['one-composition-point', 'src/routes/compose.ts', '#lib/server/app.ts'],
	['one-reader-of-the-environment', 'src/lib/server/budget/settings.ts', '#lib/server/config.ts'],
	['nothing-imports-tests', 'src/routes/tested.ts', '#tests/support/fixtures.ts'],
	['src-stands-alone', 'src/routes/scripted.ts', '#scripts/lib/thing.ts'],
	['one-composition-point', 'bench/compose.ts', '#lib/server/app.ts'],
	['resolvable', 'scripts/lib/nowhere.ts', './missing.ts'],
	['no-cycles', 'scripts/lib/back.ts', './there.ts'],
];

/** What the broken files import, and two files that break nothing. */
const SOUND: readonly (readonly [file: string, text: string])[] = [
	...[
		'src/lib/domain/budget/words.ts',
		'src/lib/domain/identity/words.ts',
		'src/lib/server/app.ts',
		'src/lib/server/capabilities.ts',
		'src/lib/server/config.ts',
		'src/lib/server/db/pool.ts',
		'src/lib/server/budget/index.ts',
		'src/lib/server/budget/reads/lines.ts',
		'src/lib/server/dialogue/index.ts',
		'src/lib/server/http/index.ts',
		'src/lib/server/identity/index.ts',
		'src/lib/ui/chart/chart.ts',
		'scripts/lib/thing.ts',
		'tests/support/fixtures.ts',
	].map((file) => [file, 'export const thing = 1;\n'] as const),
	['scripts/lib/there.ts', "import './back.ts';\n"],
	[
		'src/lib/server/consultation/sound.ts',
		"import { thing } from '#lib/server/budget/index.ts';\nexport { thing };\n",
	],
	['src/lib/ui/chart/engine.ts', "import 'chart.js';\n"],
	['src/lib/ui/chart/sound.ts', "export const load = () => import('./engine.ts');\n"],
];

type Violation = { readonly rule: { readonly name: string }; readonly from: string };

let folder: string;
let violations: readonly Violation[];

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'ortaq-layers-'));
	for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
		await cp(fromRoot(file), path.join(folder, file));
	}
	await mkdir(path.join(folder, '.svelte-kit'));
	await writeFile(path.join(folder, '.svelte-kit', 'tsconfig.json'), '{}');
	await symlink(fromRoot('node_modules'), path.join(folder, 'node_modules'));
	const broken = BROKEN.map(([, file, imports]) => [file, `import '${imports}';\n`] as const);
	for (const [file, text] of [...SOUND, ...broken]) {
		await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
		await writeFile(path.join(folder, file), text);
	}
	const { output } = await runProgram(
		process.execPath,
		[
			fromRoot('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
			...['--output-type', 'json', 'src', 'migrations', 'scripts', 'tests', 'bench'],
		],
		{ cwd: folder },
	);
	({ violations } = (JSON.parse(output) as { summary: { violations: Violation[] } }).summary);
}, 60_000);

afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

describe('the import rules', () => {
	it.each(BROKEN)('%s refuses %s', (rule, file) => {
		const rules = violations.filter(({ from }) => from === file).map((violation) => violation.rule.name);
		expect(rules).toContain(rule);
	});

	it('leave alone what keeps to them', () => {
		const blamed = violations.map(({ from }) => from);
		for (const [file] of SOUND) expect(blamed).not.toContain(file);
	});
});
