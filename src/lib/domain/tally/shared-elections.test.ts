import { describe, expect, it } from 'vitest';
import { countRead, findSharedElections, readBytes } from '#tests/support/pabulib.ts';
import { isTallyRuleName } from './rules.ts';

const shared = findSharedElections();

describe.skipIf(shared === null)('real elections, counted as by an exact reference', () => {
	for (const [file, { rules }] of Object.entries(shared?.expected ?? {})) {
		it(`${file}: every rule, with its reasons`, { timeout: 300_000 }, () => {
			const read = readBytes(shared!.read(file));
			for (const [rule, expected] of Object.entries(rules)) {
				if (!isTallyRuleName(rule)) throw new Error(`unknown rule ${rule}`);
				const report = countRead(read, rule);
				expect({ rule, ...report, winners: [...report.winners].sort() }).toEqual({
					rule,
					...expected,
					winners: [...expected.winners].sort(),
				});
			}
		});
	}
});
