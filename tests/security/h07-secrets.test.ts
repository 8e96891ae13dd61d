import { describe, expect, it } from 'vitest';
import { fromRoot } from '#scripts/lib/root.mjs';
import { runProgram } from '#scripts/lib/run-program.mjs';

const GIVEN = { DATABASE_URL: 'postgres://app@127.0.0.1:9/ortaq', ORIGIN: 'https://budget.example' };
const GOOD = ['qP3vZr8LkT5wYb1NhGm7XcSd2JfUa9Eo', 'mW6tRy4BxQe0HsLu8VnKj3ZpDg5CiFa7'] as const;
const ours = { SECRET_KEY: GOOD[0], PERSON_KEY: GOOD[1] };

/** Both ways of starting: the command, and the server alone as a container runs it. */
const WAYS = {
	'npm start': fromRoot('scripts', 'run', 'serve.ts'),
	'node build/index.js': fromRoot('build', 'index.js'),
};

async function start(way: string, variables: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
	const { SECRET_KEY: _, PERSON_KEY: __, ...env } = process.env;
	return await runProgram(process.execPath, [way], { env: { ...env, PORT: '4179', ...GIVEN, ...variables } });
}

describe.each(Object.entries(WAYS))('H07 %s with secrets of its own', (_, way) => {
	// Red without `secret` in server/config.ts.
	it.each<[string, NodeJS.ProcessEnv, readonly RegExp[]]>([
		['missing', {}, [/SECRET_KEY/, /PERSON_KEY/]],
		[
			'too short',
			{ SECRET_KEY: 'short', PERSON_KEY: 'short too' },
			[/SECRET_KEY: needs 32/, /PERSON_KEY: needs 32/],
		],
		['of one letter', { SECRET_KEY: 'x'.repeat(64), PERSON_KEY: GOOD[1] }, [/SECRET_KEY: can be guessed/]],
		[
			'a word repeated',
			{ SECRET_KEY: 'changeme'.repeat(8), PERSON_KEY: GOOD[1] },
			[/SECRET_KEY: can be guessed/],
		],
		['the same twice', { SECRET_KEY: GOOD[0], PERSON_KEY: GOOD[0] }, [/PERSON_KEY: must be another/]],
		[
			'weak, beside other faults',
			{ SECRET_KEY: 'x', PERSON_KEY: 'y', DATABASE_POOL: '0', SMTP_URL: 'mail' },
			[/SECRET_KEY/, /PERSON_KEY/, /DATABASE_POOL/, /SMTP_URL/],
		],
	])('that are %s does not start, and names every fault', async (_case, variables, faults) => {
		const { code, output } = await start(way, variables);
		expect(code).not.toBe(0);
		for (const fault of faults) expect(output).toMatch(fault);
		for (const secret of [variables['SECRET_KEY'], variables['PERSON_KEY']]) {
			if (secret !== undefined && secret.length > 8) expect(output).not.toContain(secret);
		}
	});
});

it('H07 good secrets pass: what is missing then is the database', async () => {
	const { output } = await start(WAYS['npm start'], ours);
	expect(output).not.toMatch(/SECRET_KEY|PERSON_KEY/);
	expect(output).toContain('does not answer');
});
