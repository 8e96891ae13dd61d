import { describe, expect, it } from 'vitest';
import { readText, toBytes, writeFile } from '#tests/support/pabulib.ts';
import { readElection } from './read-election.ts';

const META = ['META', 'key;value', 'budget;10', 'vote_type;approval'];
const PROJECTS = ['PROJECTS', 'project_id;cost;name', 'a;5;A', 'b;6;B'];
const VOTES = ['VOTES', 'voter_id;vote', '1;a', '2;a,b'];
const POINTS = ['VOTES', 'voter_id;vote;points', '1;a,b;2,1'];

const join = (...sections: readonly (readonly string[])[]) => [...sections.flat(), ''].join('\n');
const meta = (...rows: string[]) => ['META', 'key;value', ...rows];
const cumulative = meta('budget;10', 'vote_type;cumulative');

function refusalOf(bytes: Uint8Array) {
	const read = readElection(bytes);
	return read.ok ? null : read.refusal;
}

describe('a malformed file is refused at its first fault (docs/tally.md, 3)', () => {
	it.each<[number, string, number, RegExp]>([
		[1, '', 1, /empty/],
		[1, '\uFEFF\n \n', 1, /empty/],
		[3, join(META, PROJECTS, VOTES).replace('2;a,b', '2;a\0'), 12, /zero byte/],
		[4, join(['hello'], META, PROJECTS, VOTES), 1, /before META/],
		[5, join(META, PROJECTS), 8, /no section VOTES/],
		[5, join(META, VOTES), 8, /no section PROJECTS/],
		[5, join(PROJECTS, VOTES), 8, /no section META/],
		[6, join(META, PROJECTS, PROJECTS, VOTES), 9, /second section PROJECTS/],
		[6, join(META, PROJECTS, VOTES, META), 13, /second section META/],
		[7, join(META, VOTES, PROJECTS), 5, /out of order/],
		[8, join(META, ['PROJECTS'], VOTES), 5, /no header/],
		[8, join(META, PROJECTS, ['VOTES']), 9, /no header/],
		[9, join(META, ['PROJECTS', 'project_id;name', 'a;5'], VOTES), 6, /no column cost/],
		[9, join(META, PROJECTS, ['VOTES', 'voter_id;votes', '1;a']), 10, /no column vote/],
		[10, join(META, ['PROJECTS', 'project_id;cost;cost', 'a;5;5'], VOTES), 6, /cost stands twice/],
		[11, join(META, ['PROJECTS', 'project_id;cost;name', 'a;5;"A', 'b;6;B'], VOTES), 7, /never closed/],
		[12, join(META, [...PROJECTS, 'c;5;C;more'], VOTES), 9, /4 cells for 3 columns/],
		[13, join([...META, 'budget;11'], PROJECTS, VOTES), 5, /another value in line 3/],
		[14, join(meta('vote_type;approval'), PROJECTS, VOTES), 1, /no budget/],
		[14, join(meta('budget;10'), PROJECTS, VOTES), 1, /no vote_type/],
		[15, join(meta('budget;ten', 'vote_type;approval'), PROJECTS, VOTES), 3, /no numeral/],
		[15, join(meta('budget;0', 'vote_type;approval'), PROJECTS, VOTES), 3, /not above 0/],
		[15, join(meta('budget;-1', 'vote_type;approval'), PROJECTS, VOTES), 3, /not above 0/],
		[16, join(meta('budget;10', 'vote_type;borda'), PROJECTS, VOTES), 4, /unknown vote_type: borda/],
		[17, join([...META, 'max_length;five'], PROJECTS, VOTES), 5, /max_length is no numeral/],
		[18, join(META, ['PROJECTS', 'project_id;cost'], VOTES), 5, /no options/],
		[19, join(META, [...PROJECTS, ';5;C'], VOTES), 9, /without project_id/],
		[19, join(META, [...PROJECTS, 'c,d;5;C'], VOTES), 9, /comma/],
		[20, join(META, [...PROJECTS, 'a;5;C'], VOTES), 9, /stands in line 7 already/],
		[21, join(META, [...PROJECTS, 'c;;C'], VOTES), 9, /no numeral/],
		[21, join(META, [...PROJECTS, 'c;1e5;C'], VOTES), 9, /no numeral: 1e5/],
		[21, join(META, [...PROJECTS, 'c;1 000;C'], VOTES), 9, /no numeral: 1 000/],
		[21, join(META, [...PROJECTS, 'c;1.234,5;C'], VOTES), 9, /no numeral: 1.234,5/],
		[22, join(META, [...PROJECTS, 'c;-5;C'], VOTES), 9, /below 0/],
		[23, join(META, PROJECTS, [...VOTES, ';a']), 13, /without voter_id/],
		[24, join(META, PROJECTS, [...VOTES, '1;b']), 13, /stands in line 11 already/],
		[25, join(META, PROJECTS, [...VOTES, '3;a,c']), 13, /unknown option: c/],
		[26, join(cumulative, PROJECTS, [...POINTS, '2;a;1,1']), 12, /2 points for 1 named/],
		[26, join(cumulative, PROJECTS, VOTES), 11, /0 points for 1 named/],
		[27, join(cumulative, PROJECTS, [...POINTS, '2;a;x']), 12, /no numeral: x/],
		[27, join(cumulative, PROJECTS, [...POINTS, '2;a;-1']), 12, /below 0/],
	])('case %i: %#', (_, text, line, reason) => {
		expect(refusalOf(toBytes(text))).toEqual({
			code: 'malformed',
			line,
			reason: expect.stringMatching(reason),
		});
	});

	it('case 2: the line that is not UTF-8', () => {
		const bytes = toBytes(join(META, PROJECTS, VOTES));
		bytes[bytes.indexOf('B'.charCodeAt(0), 60)] = 0xff;
		expect(refusalOf(bytes)).toMatchObject({ reason: 'not UTF-8', line: expect.any(Number) });
		expect(refusalOf(Uint8Array.from([...toBytes('META\nkey;value\n'), 0xd0]))).toMatchObject({ line: 3 });
	});

	it('takes points below 0 where the ballots are scores', () => {
		const scoring = meta('budget;10', 'vote_type;scoring');
		expect(refusalOf(toBytes(join(scoring, PROJECTS, [...POINTS, '2;a;-1'])))).toBeNull();
	});
});

describe('what real files do', () => {
	it('reads a byte order mark, CRLF beside LF, blank rows, and sections in any case', () => {
		const text = `\uFEFF${join(META, PROJECTS, VOTES)}`
			.replace('META\n', 'meta;;\r\n\r\n;;\n')
			.replace('a;5;A\n', ' a ; 5 ;A\r\n');
		const { election } = readText(text);
		expect(election.options).toEqual([
			{ id: 'a', cost: 5n },
			{ id: 'b', cost: 6n },
		]);
		expect(election.votes).toEqual([2, 1]);
	});

	it('reads quoted cells over several lines, doubled quotes, and goes on with the right line', () => {
		const text = join(META, PROJECTS, VOTES).replace('a;5;A', 'a;5;"one;\r\ntwo ""quoted"""') + '1;a\n';
		expect(refusalOf(toBytes(text))).toMatchObject({ line: 14, reason: expect.stringContaining('line 12') });
	});

	it('takes a cell that begins with a quote and goes on behind it as it stands', () => {
		const text = join(META, PROJECTS, VOTES).replace('a;5;A', 'a;5;"Oak" alley');
		expect(readText(text).warnings).toContainEqual({
			line: 7,
			text: 'a cell begins with a quote and is not quoted; taken as it stands',
		});
	});

	it('reads decimal commas and points, and counts in the smallest unit needed', () => {
		const { election, moneyPlaces } = readText(join(META, PROJECTS, VOTES).replace('a;5;', 'a;1,234;'));
		expect(moneyPlaces).toBe(3);
		expect(election).toMatchObject({
			budget: 10_000n,
			moneyUnit: 1000n,
			options: [{ cost: 1234n }, { cost: 6000n }],
		});
	});

	it('counts an option twice on one ballot once by name and by order, and adds its points up', () => {
		const twice = (type: string, ballot: string) =>
			readText(writeFile({ type, options: ['a;1', 'b;1'], ballots: [ballot] })).election;
		expect(twice('approval', 'a,a,b')).toMatchObject({ votes: [1, 1], scores: [1n, 1n] });
		expect(twice('ordinal', 'a,b,a')).toMatchObject({ votes: [1, 1], scores: [2n, 1n] });
		expect(twice('cumulative', 'a,b,a;1,1,2')).toMatchObject({ votes: [1, 1], scores: [3n, 1n] });
	});

	it('counts blank ballots and ballots of nothing but zeros apart', () => {
		const { election } = readText(
			writeFile({ type: 'cumulative', options: ['a;1', 'b;1'], ballots: ['a;1', ';', 'b;0'] }),
		);
		expect(election).toMatchObject({ ballots: 3, blank: 2, votes: [1, 1] });
	});
});

describe('what is odd is said, and counted as it stands (docs/tally.md, 3)', () => {
	const textsOf = (text: string) => readText(text).warnings.map(({ text: warning }) => warning);
	const file = (change: Partial<Parameters<typeof writeFile>[0]>) =>
		writeFile({ budget: '10', options: ['a;5', 'b;6'], ballots: ['a', 'a,b'], ...change });

	it('nothing, where nothing is odd', () => {
		expect(textsOf(file({}))).toEqual([]);
	});

	it.each<[string, Partial<Parameters<typeof writeFile>[0]>, string]>([
		['other numbers of options', { meta: ['num_projects;3'] }, 'num_projects says 3, the file has 2'],
		['other numbers of ballots', { meta: ['num_votes;3'] }, 'num_votes says 3, the file has 2'],
		['an option dearer than the budget', { options: ['a;5', 'b;11'] }, 'b costs more than the budget'],
		['an option nobody named', { options: ['a;5', 'b;6', 'c;6'] }, 'nobody named c'],
		['a budget for everything', { budget: '11' }, 'all options together fit the budget'],
		[
			'keys the rules do not ask',
			{ meta: ['rule;greedy', 'x;1'] },
			'not asked by the rules here, whatever the city did: rule, x',
		],
		['a key twice with one value', { meta: ['unit;Oral', 'unit;Oral'] }, 'unit stands twice'],
		['a second value', { meta: ['unit;Oral;West'] }, 'unit: more than one value; the first one counts'],
		[
			'other published votes',
			{ options: ['project_id;cost;votes', 'a;5;3', 'b;6;1'] },
			'a: published votes 3, counted 2',
		],
		[
			'another published score',
			{ options: ['project_id;cost;score', 'a;5;2.0', 'b;6;7'] },
			'b: published score 7, counted 1',
		],
		['an option twice', { ballots: ['a,a', 'b'] }, '1 ballot named an option twice'],
		['a blank ballot', { ballots: ['a,b', ''] }, '1 ballot named no option'],
		['too few options', { meta: ['min_length;2'] }, '1 ballot named fewer options than min_length'],
		['too many options', { meta: ['max_length;1'] }, '1 ballot named more options than max_length'],
		['two by choose-1', { type: 'choose-1' }, '1 ballot named more options than max_length'],
		[
			'too dear a ballot',
			{ meta: ['max_sum_cost;10.5'], ballots: ['a,b', 'b,a'] },
			'2 ballots, the first of them here, cost more than max_sum_cost',
		],
		['too cheap a ballot', { meta: ['min_sum_cost;6'] }, '1 ballot cost less than min_sum_cost'],
	])('%s', (_, change, warning) => {
		expect(textsOf(file(change))).toContain(warning);
	});

	it.each<[string, string, string]>([
		['min_points;1', 'b,a;0,3', 'gave an option less than min_points'],
		['max_points;2', 'b,a;0,3', 'gave an option more than max_points'],
		['min_sum_points;4', 'b,a;0,3', 'gave less than min_sum_points'],
		['max_sum_points;2', 'b,a;0,3', 'gave more than max_sum_points'],
		['max_sum_points;9', 'b,a;0.5,3', 'gave parts of a point'],
	])('points beyond %s', (limit, ballot, warning) => {
		expect(textsOf(file({ type: 'cumulative', meta: [limit], ballots: [ballot] }))).toContain(
			`1 ballot ${warning}`,
		);
	});
});
