import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Election } from '#lib/domain/tally/election.ts';
import { reportCount } from '#lib/domain/tally/pabulib/count-report.ts';
import { readElection, type ReadElection } from '#lib/domain/tally/pabulib/read-election.ts';
import {
	countElection,
	doesRuleApply,
	isTallyRuleName,
	TALLY_RULE_NAMES,
	type TallyRuleName,
} from '#lib/domain/tally/rules.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { openProgressBar } from './progress-bar.ts';
import { toTable } from './tally-table.ts';

const EXIT = { malformed: 2, ruleDoesNotApply: 3 } as const;

try {
	process.exitCode = await tally(process.argv.slice(2));
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

async function tally(parameters: string[]): Promise<number> {
	const { file, rule, json } = readParameters(parameters);
	const bar = openProgressBar();
	const read = readElection(await readFileOrRefuse(file), (part) => bar.show('reading', part));
	bar.clear();
	if (!read.ok) {
		console.error(`${file}:${read.refusal.line}: ${toPrintable(read.refusal.reason)}`);
		return EXIT.malformed;
	}
	for (const { line, text } of read.value.warnings) {
		console.error(`${file}${line === null ? '' : `:${line}`}: warning: ${toPrintable(text)}`);
	}
	const { election, voteType } = read.value;
	if (rule !== null && !doesRuleApply(rule, election)) {
		console.error(`${rule} does not apply to ballots of the type ${voteType}`);
		return EXIT.ruleDoesNotApply;
	}
	const rules = rule === null ? TALLY_RULE_NAMES.filter((name) => doesRuleApply(name, election)) : [rule];
	const counts = rules.map((name) => ({ name, outcome: countWithProgress(election, name, bar) }));
	if (json && rule !== null) {
		console.log(JSON.stringify(reportCount(read.value, rule, counts[0]!.outcome)));
	} else if (json) {
		const reports = counts.map(({ name, outcome }) => [name, reportCount(read.value, name, outcome)]);
		console.log(JSON.stringify(Object.fromEntries(reports)));
	} else {
		console.log(describe(file, read.value));
		for (const { name, outcome } of counts) console.log(toTable(read.value, name, outcome));
	}
	return 0;
}

function countWithProgress(election: Election, rule: TallyRuleName, bar: ReturnType<typeof openProgressBar>) {
	const outcome = countElection(election, rule, (raise, part) => bar.show(`${rule}, share + ${raise}`, part));
	bar.clear();
	return outcome;
}

function readParameters(parameters: string[]): { file: string; rule: TallyRuleName | null; json: boolean } {
	const { values, positionals } = parse(parameters);
	if (positionals.length !== 1)
		throw new Fault('One file to count, please: npm run tally -- FILE.pb --rule RULE');
	const rule = values.rule ?? null;
	if (rule !== null && !isTallyRuleName(rule)) {
		throw new Fault(`There is no rule ${rule}. There are: ${TALLY_RULE_NAMES.join(', ')}.`);
	}
	return { file: positionals[0]!, rule, json: values.json };
}

function parse(parameters: string[]) {
	try {
		return parseArgs({
			args: parameters,
			allowPositionals: true,
			options: { rule: { type: 'string' }, json: { type: 'boolean', default: false } },
		});
	} catch (error) {
		throw new Fault(error instanceof Error ? error.message : String(error));
	}
}

/** What a file says is shown, never obeyed: a terminal takes some signs for commands. */
function toPrintable(text: string): string {
	return text.replace(/\p{Cc}/gu, (sign) => `\\x${sign.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}

async function readFileOrRefuse(file: string): Promise<Uint8Array> {
	try {
		return await readFile(file);
	} catch (error) {
		throw new Fault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function describe(file: string, { election, voteType }: ReadElection): string {
	const { options, ballots, blank } = election;
	return `${path.basename(file)}: ${options.length} options, ${ballots} ballots (${voteType}), ${blank} of them blank`;
}
