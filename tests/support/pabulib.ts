import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '#scripts/lib/root.mjs';
import { reportCount, type CountReport } from '#lib/domain/tally/pabulib/count-report.ts';
import { readElection, type ReadElection } from '#lib/domain/tally/pabulib/read-election.ts';
import { countElection, type TallyRuleName } from '#lib/domain/tally/rules.ts';

type File = {
	readonly budget?: string;
	readonly type?: string;
	/** Further rows of META, as `key;value`. */
	readonly meta?: readonly string[];
	/** Rows of PROJECTS under `project_id;cost`, or with their own header as the first of them. */
	readonly options: readonly string[];
	/** Cells of `vote`, or of `vote;points`; voters are numbered. */
	readonly ballots: readonly string[];
};

/** The text of a made-up election file. */
export function writeFile({ budget = '20', type = 'approval', meta = [], options, ballots }: File): string {
	const hasPoints = ballots.some((ballot) => ballot.includes(';'));
	const projectHeader = options[0]?.startsWith('project_id') ? [] : ['project_id;cost'];
	return [
		'META',
		'key;value',
		`budget;${budget}`,
		`vote_type;${type}`,
		...meta,
		'PROJECTS',
		...projectHeader,
		...options,
		'VOTES',
		hasPoints ? 'voter_id;vote;points' : 'voter_id;vote',
		...ballots.map((ballot, index) => `${index + 1};${ballot}`),
		'',
	].join('\n');
}

export function toBytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** @throws Error when the file is malformed. */
export function readText(text: string): ReadElection {
	return readBytes(toBytes(text));
}

export function readBytes(bytes: Uint8Array): ReadElection {
	const read = readElection(bytes);
	if (!read.ok) throw new Error(`line ${read.refusal.line}: ${read.refusal.reason}`);
	return read.value;
}

export function countFile(file: File, rule: TallyRuleName): CountReport {
	return countRead(readText(writeFile(file)), rule);
}

export function countRead(read: ReadElection, rule: TallyRuleName): CountReport {
	return reportCount(read, rule, countElection(read.election, rule));
}

const SHARED = path.resolve(fromRoot('..'), 'shared', 'data', 'pabulib');

/** Real elections and their outcomes by an exact reference, where somebody laid them beside the project; else null. */
export function findSharedElections(): {
	readonly files: readonly string[];
	readonly expected: Readonly<Record<string, { readonly rules: Readonly<Record<string, CountReport>> }>>;
	readonly read: (file: string) => Uint8Array;
} | null {
	if (!existsSync(path.join(SHARED, 'expected.json'))) return null;
	return {
		files: readdirSync(SHARED).filter((file) => file.endsWith('.pb')),
		expected: JSON.parse(readFileSync(path.join(SHARED, 'expected.json'), 'utf8')) as never,
		read: (file) => readFileSync(path.join(SHARED, file)),
	};
}
