/**
 * Who may import whom: docs/decisions/0001-layers.md in a form that a machine checks. Tests may import what they test.
 * @type {import('dependency-cruiser').IConfiguration}
 */

const TEST = '\\.test\\.ts$';
const SERVER = '^src/lib/server/';
const UI = '^src/lib/ui/';
const NPM = (/** @type {string} */ names) => `node_modules/(${names})/`;

/** Each may use those on its left, by their door; those side by side do not know each other. */
const AREAS = [
	['audit', 'mail', 'http'],
	['identity'],
	['budget'],
	['proposal'],
	['consultation'],
	['dialogue'],
	['statistics'],
	['privacy'],
	['demonstration'],
	['jobs'],
];
const ALL_AREAS = AREAS.flat().join('|');

const areaOrder = AREAS.flatMap((areas, index) => {
	const later = AREAS.slice(index + 1).flat();
	return areas.map((area) => ({
		name: `area-${area}-leftwards`,
		comment: 'Areas use each other leftwards only: audit, mail ← identity ← budget ← … ← statistics.',
		severity: /** @type {const} */ ('error'),
		from: { path: `${SERVER}${area}/`, pathNot: TEST },
		to: { path: `${SERVER}(${[...later, ...areas.filter((other) => other !== area)].join('|')})/` },
	}));
});

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
function forbid(name, comment, from, to) {
	return { name, comment, severity: /** @type {const} */ ('error'), from, to };
}

export default {
	forbidden: [
		forbid(
			'no-cycles',
			'Two files that need each other when they run are one.',
			{},
			{ circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		),
		forbid(
			'resolvable',
			'An import that leads nowhere.',
			{ pathNot: '^src/routes/' },
			{ couldNotResolve: true, pathNot: '^(\\$app|\\$env|\\./\\$types|virtual:)' },
		),
		forbid(
			'domain-is-pure',
			'The rules of the field do no input or output: no npm, no Node, no other layer.',
			{ path: '^src/lib/domain/', pathNot: TEST },
			{ pathNot: '^src/lib/domain/' },
		),
		forbid(
			'domain-base-imports-nothing',
			'The base of the domain stands on itself.',
			{ path: '^src/lib/domain/base/', pathNot: TEST },
			{ pathNot: '^src/lib/domain/base/' },
		),
		forbid(
			'tally-knows-no-person',
			'A count takes an election; it knows no consultation and no person.',
			{ path: '^src/lib/domain/tally/', pathNot: TEST },
			{ path: '^src/lib/domain/(?!tally/|base/|ballot/)' },
		),
		forbid(
			'server-below-pages',
			'The server knows nothing of components and pages.',
			{ path: SERVER },
			{ path: `${UI}|^src/routes/` },
		),
		forbid(
			'server-without-kit',
			'Of the server, only http knows SvelteKit.',
			{ path: SERVER, pathNot: `${SERVER}http/` },
			{ path: `${NPM('@sveltejs/kit')}|^\\$app|^\\$env|^@sveltejs/kit` },
		),
		forbid(
			'area-by-its-door',
			'Another area, a page or a script uses an area through its index.ts.',
			{
				path: '^src/|^scripts/',
				pathNot: `^src/lib/server/(${ALL_AREAS})/|^src/lib/server/db/schema\\.ts$|${TEST}`,
			},
			{ path: `${SERVER}(${ALL_AREAS})/`, pathNot: `${SERVER}(${ALL_AREAS})/index\\.ts$` },
		),
		forbid(
			'area-by-its-door-from-area',
			'Another area uses an area through its index.ts.',
			{ path: `${SERVER}(${ALL_AREAS})/`, pathNot: TEST },
			{ path: `${SERVER}(${ALL_AREAS})/`, pathNot: `${SERVER}($1)/|${SERVER}(${ALL_AREAS})/index\\.ts$` },
		),
		...areaOrder,
		forbid(
			'permits-only-from-http',
			'Commands run without a request too: of http they take the type of a permit.',
			{ path: SERVER, pathNot: `${SERVER}(http|jobs)/|${TEST}` },
			{ path: `${SERVER}http/`, dependencyTypesNot: ['type-only'] },
		),
		forbid(
			'ui-gets-props',
			'Components get props: no server, no page, no state of the app.',
			{ path: UI },
			{ path: `${SERVER}|^src/routes/|^\\$app/state|^\\$env|/app/state` },
		),
		forbid(
			'ui-imports-little',
			'Components import the domain, messages, formats and each other.',
			{ path: UI, pathNot: TEST },
			{ path: '^src/', pathNot: `${UI}|^src/lib/(domain|i18n|paraglide)/` },
		),
		forbid(
			'formats-know-words-only',
			'Numbers, dates and refusals in three languages: the words of the domain and the messages are all they need.',
			{ path: '^src/lib/i18n/', pathNot: TEST },
			{ path: '^src/', pathNot: '^src/lib/(i18n|domain|paraglide)/' },
		),
		forbid(
			'chart-behind-its-engine',
			'Only ui/chart/engine.ts runs chart.js.',
			{ path: '^src/', pathNot: `${UI}chart/engine\\.ts$` },
			{ path: NPM('chart\\.js|chartjs-chart-treemap'), dependencyTypesNot: ['type-only'] },
		),
		forbid(
			'engine-when-a-chart-is',
			'The engine is loaded by import(), when a chart comes into view.',
			{ path: '^src/' },
			{ path: `${UI}chart/engine\\.ts$`, dynamic: false, dependencyTypesNot: ['type-only'] },
		),
		forbid(
			'lucia-behind-its-seam',
			'Only identity/session.ts imports lucia (docs/decisions/0004).',
			{ pathNot: '^src/lib/server/identity/session\\.ts$|^node_modules/' },
			{ path: NPM('lucia') },
		),
		forbid(
			'migrations-are-frozen',
			'A migration imports kysely only: it must mean the same for ever.',
			{ path: '^migrations/' },
			{ pathNot: NPM('kysely') },
		),
		forbid(
			'routes-without-sql',
			'A page makes one call; queries live in the areas.',
			{ path: '^src/routes/|^src/hooks' },
			{ path: NPM('kysely|pg|pg-query-stream') },
		),
		forbid(
			'one-composition-point',
			'app.ts is opened by the hooks and by scripts.',
			{ path: '^(src|bench)/', pathNot: '^src/hooks\\.server\\.ts$|^src/app\\.d\\.ts$' },
			{ path: '^src/lib/server/app\\.ts$' },
		),
		forbid(
			'one-reader-of-the-environment',
			'config.ts is read by app.ts and by scripts.',
			{ path: '^src/', pathNot: `^src/lib/server/app\\.ts$|${TEST}` },
			{ path: '^src/lib/server/config\\.ts$' },
		),
		forbid(
			'nothing-imports-tests',
			'What serves does not know its tests.',
			{ pathNot: `^tests/|${TEST}` },
			{ path: `^tests/|${TEST}` },
		),
		forbid(
			'src-stands-alone',
			'The application knows no script.',
			{ path: '^src/' },
			{ path: '^(scripts|bench)/' },
		),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(build|\\.svelte-kit)/|^src/lib/paraglide/.*/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
		},
		extraExtensionsToScan: ['.svelte'],
	},
};
