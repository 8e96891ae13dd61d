import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const message = {
	clock: 'The domain has no clock: take the moment as an argument.',
	chance: 'The domain has no chance: take the random bytes as an argument.',
	io: 'The domain does no input or output.',
	environment: 'Only src/lib/server/config.ts and scripts read the environment.',
	selectAll: 'List the columns: a page must not carry what it does not show.',
	raw: 'Values go in by ${}; sql.raw is for migrations.',
	defaultExport: 'Named exports only: a thing has one name everywhere.',
};

/** @param {string} selector @param {string} text */
const forbid = (selector, text) => ({ selector, message: text });

const noRawSql = [
	forbid("CallExpression[callee.property.name='selectAll']", message.selectAll),
	forbid("MemberExpression[object.name='sql'][property.name='raw']", message.raw),
];
const noEnvironment = forbid(
	"MemberExpression[object.name='process'][property.name='env']",
	message.environment,
);
const noDefaultExport = forbid('ExportDefaultDeclaration', message.defaultExport);
const noClock = [
	forbid("NewExpression[callee.name='Date'][arguments.length=0]", message.clock),
	forbid("CallExpression[callee.name='Date']", message.clock),
];

const noKitAlias = { group: ['$lib', '$lib/*'], message: 'Write #lib/…: plain Node does not know $lib.' };
const noStores = { group: ['svelte/store'], message: 'Shared state is a class in a .svelte.ts file.' };
const noClimbing = {
	// Routes have no root of their own to name.
	regex: '^\\.\\./\\.\\./(?!src/routes/)',
	message: 'Write #lib/…, #scripts/… or #tests/… across folders.',
};

/** Of a type that a component takes, the check of import directions sees nothing: it reads no types in .svelte files. */
const noLayerAbove = {
	regex: '^#lib/server/|^\\$app/|^\\$env/',
	message: 'A component gets props: it knows no server, no page and no state of the app.',
};

export default ts.config(
	{
		ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/lib/paraglide/', 'test-results/', '.data/'],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
		},
		rules: {
			eqeqeq: 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			'no-implicit-coercion': ['error', { boolean: false }],
			'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
			'no-restricted-imports': ['error', { patterns: [noKitAlias, noStores, noClimbing] }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ caughtErrors: 'none', argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
			// It does not know that an amount, a branded bigint, has a negative.
			'@typescript-eslint/no-unsafe-unary-minus': 'off',
			'@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
			// What it takes away, the compiler then misses: a literal's type goes with the assertion.
			'@typescript-eslint/no-unnecessary-type-assertion': 'off',
			// There are no classes with state whose methods could lose it.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		// svelte-check judges the types here: the linter does not see what a component's module script exports.
		files: ['**/*.svelte', '**/*.svelte.ts'],
		extends: [ts.configs.disableTypeChecked],
		languageOptions: {
			parserOptions: {
				projectService: false,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig,
			},
		},
		rules: {
			// The policy of the pages forbids style attributes; they would be lost without a word.
			'svelte/no-inline-styles': 'error',
			'svelte/button-has-type': 'error',
			'svelte/no-target-blank': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-unused-svelte-ignore': 'error',
			// Addresses are written out: /{lang}/{city}/…, and they are the same in every language.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['src/**'],
		rules: {
			'no-console': 'error',
			'no-restricted-syntax': ['error', ...noRawSql, noEnvironment, noDefaultExport],
		},
	},
	{
		files: ['src/routes/**'],
		rules: { 'no-restricted-imports': ['error', { patterns: [noKitAlias, noStores] }] },
	},
	{
		files: ['src/lib/ui/**'],
		rules: {
			'no-restricted-imports': ['error', { patterns: [noKitAlias, noStores, noClimbing, noLayerAbove] }],
		},
	},
	{
		files: ['src/lib/server/config.ts'],
		rules: { 'no-restricted-syntax': ['error', ...noRawSql, noDefaultExport] },
	},
	{
		files: ['src/lib/domain/**'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-syntax': ['error', ...noClock, noDefaultExport],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: message.clock },
				{ object: 'Math', property: 'random', message: message.chance },
			],
			'no-restricted-globals': [
				'error',
				...['process', 'fetch', 'console', 'Buffer', 'setTimeout', 'setInterval', 'performance'].map(
					(name) => ({
						name,
						message: message.io,
					}),
				),
				{ name: 'crypto', message: message.chance },
			],
		},
	},
	{
		files: ['scripts/**', 'tests/**', 'bench/**'],
		rules: { 'no-restricted-syntax': ['error', ...noRawSql, noDefaultExport] },
	},
	{
		// Matchers and components' props come as any; what a test compares with them is typed.
		files: ['**/*.test.ts', '**/*.examples.ts'],
		rules: {
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/restrict-template-expressions': 'off',
		},
	},
	{
		files: ['migrations/**'],
		rules: {
			'no-restricted-syntax': ['error', noDefaultExport],
			// Kysely's own word for a database whose tables are not known yet.
			'@typescript-eslint/no-explicit-any': 'off',
		},
	},
	{
		// A framework asks for these.
		files: ['*.config.*', '.dependency-cruiser.mjs', 'tests/support/global-setup.ts'],
		rules: { 'no-restricted-syntax': 'off' },
	},
	{ files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
