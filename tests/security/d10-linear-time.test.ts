import { describe, expect, it } from 'vitest';
import { checkText } from '#lib/domain/dialogue/text.ts';
import { writtenLanguage } from '#lib/domain/dialogue/written-language.ts';
import { toDevice } from '#lib/domain/identity/device.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { maskIin, parseIin } from '#lib/domain/identity/iin.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { parseSecondFactorCode } from '#lib/domain/identity/second-factor.ts';
import { isUuid } from '#lib/domain/base/ids.ts';
import { readElection } from '#lib/domain/tally/pabulib/read-election.ts';
import { boundaryOf, networkOf, preferredLanguage, safePath } from '#lib/server/http/index.ts';

const LENGTH = 100_000;
const LIMIT_MS = 50;

/** Repetitions that a careless pattern tries in every way: nested, alternating, ending in what does not fit. */
const HOSTILE: Readonly<Record<string, string>> = {
	'one letter': 'a',
	spaces: ' ',
	'line ends': '\n',
	'spaces before line ends': ' \n',
	'marks on a letter': 'З\u0337\u0489',
	'zero-width signs': '\u200B',
	'at-signs': 'a@',
	'labels of a domain': 'a.a-',
	'a local part': "!#$%&'*+/=?^_`{|}~-.",
	'digits with spaces': '1 ',
	slashes: '/a',
	'dots of a path': '/..',
	'brackets of Markdown': '[a](',
	markup: '<a ',
	quotes: '"";',
	'quality values': 'kk;q=0.1,',
	colons: 'ffff:',
	'Kazakh letters': 'ң',
};

const asFile = (text: string) =>
	new TextEncoder().encode(`META\nkey;value\nbudget;${text}\nvote_type;approval\n`);

/** Everything that reads text of strangers by a pattern. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
	'a comment': (text) => checkText(text, 2_000),
	'the language of a comment': (text) => writtenLanguage(text, 'kk', 'kk'),
	'a display name': parseDisplayName,
	'an e-mail address': parseEmailAddress,
	'an IIN': parseIin,
	'an IIN in a report': maskIin,
	'a password': (text) => parseNewPassword(text, [text]),
	'a residency code': parseResidencyCode,
	'a code of the second factor': parseSecondFactorCode,
	'an id': isUuid,
	'a path to go back to': (text) => safePath(`/kk${text}`),
	'a network address': networkOf,
	'the languages of a browser': preferredLanguage,
	'the name of a browser': toDevice,
	'the kind of a body': (text) => boundaryOf(`multipart/form-data; boundary=${text}`),
	'an election file': (text) => readElection(asFile(text)),
};

/** Milliseconds of work, the best of three: waiting for a busy machine is none. */
function workOf(read: (text: string) => unknown, text: string): number {
	const times = [1, 2, 3].map(() => {
		const before = process.threadCpuUsage();
		read(text);
		const { user, system } = process.threadCpuUsage(before);
		return (user + system) / 1_000;
	});
	return Math.min(...times);
}

// Red when a pattern can match one text in many ways, as /^(\s*\S*)*$/ or LOCAL with `+` inside `(…)+` and no dot between.
describe.each(Object.entries(READERS))('D10 reading %s of a hundred thousand characters', (_, read) => {
	it('takes no longer than its length, whatever stands in it', () => {
		for (const [name, part] of Object.entries(HOSTILE)) {
			const text = part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
			for (const end of ['', '!', '\u0000', '@', '\n']) {
				expect(workOf(read, text + end), `${name}, then ${JSON.stringify(end)}`).toBeLessThan(LIMIT_MS);
			}
		}
	});
});
