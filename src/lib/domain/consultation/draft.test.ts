import { describe, expect, it } from 'vitest';
import type { CityId } from '../base/ids.ts';
import { parseInstant } from '../base/time.ts';
import { checkDraft, type ConsultationDraft } from './draft.ts';

const text = { title: '2027 жылы не маңызды?', question: 'Қай салаға көбірек қаржы керек?' };

const draft: ConsultationDraft = {
	cityId: 'taraz' as CityId,
	slug: 'priorities-2027',
	fiscalYear: 2027,
	method: 'approval',
	maxOptions: 2,
	tallyRule: 'totals',
	dates: {
		discussionOpensAt: parseInstant('2026-11-01T00:00:00.000Z'),
		votingOpensAt: parseInstant('2026-11-10T00:00:00.000Z'),
		votingEndsAt: parseInstant('2026-11-24T00:00:00.000Z'),
		countingEndsAt: parseInstant('2026-11-25T00:00:00.000Z'),
		answerDueAt: parseInstant('2026-12-15T00:00:00.000Z'),
	},
	texts: { kk: text, ru: text },
	options: [
		{ kind: 'expenditure', code: '04' },
		{ kind: 'expenditure', code: '07.1.373' },
		{ kind: 'expenditure', code: '12' },
	],
};

describe('checkDraft', () => {
	it('gives the subjects that are voted on, in the order of the paper', () => {
		const result = checkDraft(draft);
		expect(result.ok && result.value.map(({ alias }) => alias)).toEqual(['04', '07-1-373', '12']);
		expect(result.ok && result.value[0]).toMatchObject({ cityId: 'taraz', fiscalYear: 2027 });
	});

	it('lets discussion and counting take no time, but not voting', () => {
		const { dates } = draft;
		const short = {
			...dates,
			discussionOpensAt: dates.votingOpensAt,
			countingEndsAt: dates.votingEndsAt,
			answerDueAt: dates.votingEndsAt,
		};
		expect(checkDraft({ ...draft, dates: short }).ok).toBe(true);
		expect(checkDraft({ ...draft, dates: { ...dates, votingEndsAt: dates.votingOpensAt } })).toMatchObject({
			refusal: { code: 'consultation_dates_disordered' },
		});
	});

	const { dates } = draft;
	it.each<[string, Partial<ConsultationDraft>, string]>([
		['a slug with a capital letter', { slug: 'Priorities' }, 'consultation_slug_invalid'],
		['a slug that leads elsewhere', { slug: '../me' }, 'consultation_slug_invalid'],
		['a slug of 61 letters', { slug: 'a'.repeat(61) }, 'consultation_slug_invalid'],
		[
			'discussion after the vote opened',
			{ dates: { ...dates, discussionOpensAt: dates.votingEndsAt } },
			'consultation_dates_disordered',
		],
		[
			'counting that ends before voting',
			{ dates: { ...dates, countingEndsAt: dates.votingOpensAt } },
			'consultation_dates_disordered',
		],
		[
			'an answer due before the count',
			{ dates: { ...dates, answerDueAt: dates.votingEndsAt } },
			'consultation_dates_disordered',
		],
		[
			'a title of spaces',
			{ texts: { ...draft.texts, ru: { ...text, title: '  ' } } },
			'consultation_text_missing',
		],
		[
			'a question left empty',
			{ texts: { ...draft.texts, en: { ...text, question: '' } } },
			'consultation_text_missing',
		],
		[
			'an option that is no code',
			{ options: [...draft.options, { kind: 'expenditure', code: '7' }] },
			'consultation_option_unknown',
		],
		['an option twice', { options: [...draft.options, draft.options[0]!] }, 'consultation_option_twice'],
		['one option', { options: draft.options.slice(0, 1), maxOptions: 1 }, 'consultation_too_few_options'],
		['a limit of none', { maxOptions: 0 }, 'consultation_limit_invalid'],
		['a limit above the options', { maxOptions: 4 }, 'consultation_limit_invalid'],
		['a limit of one and a half', { maxOptions: 1.5 }, 'consultation_limit_invalid'],
	])('refuses %s', (_, change, code) => {
		expect(checkDraft({ ...draft, ...change })).toEqual({ ok: false, refusal: { code } });
	});
});
