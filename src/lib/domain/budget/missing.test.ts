import { describe, expect, it } from 'vitest';
import { whatIsMissing, type KnownBudget, type KnownCity } from './missing.ts';

const whole: KnownBudget = {
	kind: 'executed',
	grade: 'portal',
	fiscalYear: 2024,
	hasRevenues: true,
	hasExpenditures: true,
	hasBalance: true,
	hasGroups: true,
	hasLinesBelowGroups: true,
};
const gaps = (shown: Partial<KnownBudget> | null, city: Partial<KnownCity> = {}) =>
	whatIsMissing({
		level: 'republican',
		hasDecision: true,
		currentYear: 2026,
		...city,
		shown: shown && { ...whole, ...shown },
	}).map(({ gap, reason }) => `${gap}: ${reason}`);

describe('what is missing', () => {
	it('is everything where no document was found, and the council and the akimat have it', () => {
		expect(whatIsMissing({ level: 'oblast', shown: null, hasDecision: false, currentYear: 2026 })).toEqual([
			{ gap: 'budget_unknown', reason: 'no_document_found', suppliers: ['maslikhat', 'akimat'] },
		]);
	});

	it('is only the programmes below a whole tree of the portal', () => {
		expect(gaps({})).toEqual(['details_unknown: portal_stops_at_administrator']);
		expect(gaps({ grade: 'decision' })).toEqual([]);
	});

	it('are the groups of a decision whose annex was not read', () => {
		expect(
			gaps({
				grade: 'decision',
				kind: 'approved',
				fiscalYear: 2026,
				hasGroups: false,
				hasLinesBelowGroups: false,
			}),
		).toEqual(['groups_unknown: annex_unread', 'execution_unknown: year_not_closed']);
	});

	it('are the details of a decision of which the groups were read', () => {
		expect(gaps({ grade: 'decision', hasLinesBelowGroups: false })).toEqual([
			'details_unknown: annex_unread',
		]);
		expect(gaps({ grade: 'bulletin', hasLinesBelowGroups: false })).toEqual([
			'details_unknown: no_document_found',
		]);
	});

	it('is most of what a report leaves out', () => {
		const report = {
			grade: 'report',
			kind: 'amended',
			fiscalYear: 2025,
			hasRevenues: false,
			hasBalance: false,
			hasGroups: false,
			hasLinesBelowGroups: false,
		} as const;
		expect(gaps(report, { hasDecision: false })).toEqual([
			'revenue_unknown: source_names_one_total',
			'groups_unknown: source_names_one_total',
			'execution_unknown: no_document_found',
			'decision_unread: no_document_found',
		]);
		expect(gaps(report, { level: 'oblast' })).toContain('groups_unknown: portal_shows_oblast_only');
		expect(gaps(report, { level: 'oblast' })).toContain('execution_unknown: portal_shows_oblast_only');
	});

	it('is the expenditure or the balance where the clause was read in part', () => {
		expect(gaps({ grade: 'decision', hasExpenditures: false, hasBalance: false })).toEqual([
			'expenditure_unknown: clause_read_in_part',
		]);
		expect(gaps({ grade: 'decision', hasBalance: false })).toEqual(['balance_unknown: clause_read_in_part']);
	});

	it('is a budget of today where the newest is old', () => {
		expect(gaps({ grade: 'decision', fiscalYear: 2009 })).toEqual(['budget_old: no_document_found']);
		expect(gaps({ grade: 'decision', fiscalYear: 2022 })).toEqual([]);
	});
});
