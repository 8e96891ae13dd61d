import { describe, expect, it } from 'vitest';
import { checkResponse, type ResponseDraft } from './response.ts';

const draft: ResponseDraft = {
	status: 'accepted',
	body_kk: 'Жарық жыл соңына дейін орнатылады.',
	body_ru: 'Освещение установят до конца года.',
	legal_basis_kk: '',
	legal_basis_ru: '',
	complaint_kk: '',
	complaint_ru: '',
};

const declined: ResponseDraft = {
	...draft,
	status: 'declined',
	legal_basis_kk: 'Бюджет кодексінің 70-бабы',
	legal_basis_ru: 'Статья 70 Бюджетного кодекса',
	complaint_kk: 'Облыс әкімдігіне',
	complaint_ru: 'В акимат области',
};

function faultsOf(typed: ResponseDraft, current: ResponseDraft['status'] | null = null) {
	const result = checkResponse(typed, current);
	return result.ok ? [] : result.refusal;
}

describe('checkResponse', () => {
	it('takes both languages, Kazakh first, cleaned', () => {
		expect(checkResponse({ ...draft, body_ru: '  Да.\r\n' }, null)).toEqual({
			ok: true,
			value: [
				{ language: 'kk', body: draft.body_kk, legalBasis: null, complaint: null },
				{ language: 'ru', body: 'Да.', legalBasis: null, complaint: null },
			],
		});
	});

	it('refuses one language alone', () => {
		expect(faultsOf({ ...draft, body_kk: '' })).toEqual([{ field: 'body_kk', code: 'body_kk_missing' }]);
		expect(faultsOf({ ...draft, body_ru: ' \u200B' })).toEqual([
			{ field: 'body_ru', code: 'body_ru_missing' },
		]);
	});

	it('names every fault at once', () => {
		const typed = { ...draft, status: 'under_review', body_kk: '', body_ru: 'б'.repeat(5003) } as const;
		expect(faultsOf(typed, 'done')).toEqual([
			{ field: 'status', code: 'status_cannot_follow' },
			{ field: 'body_kk', code: 'body_kk_missing' },
			{ field: 'body_ru', code: 'text_too_long', excess: 3 },
		]);
	});

	it('demands of a refusal its legal basis and how to complain, in both languages', () => {
		expect(faultsOf({ ...draft, status: 'declined' }).map(({ field }) => field)).toEqual([
			'legal_basis_kk',
			'complaint_kk',
			'legal_basis_ru',
			'complaint_ru',
		]);
		expect(checkResponse(declined, 'under_review')).toMatchObject({
			ok: true,
			value: [
				{ legalBasis: declined.legal_basis_kk, complaint: declined.complaint_kk },
				{ legalBasis: declined.legal_basis_ru, complaint: declined.complaint_ru },
			],
		});
	});

	it('forgets the legal basis when the status is another', () => {
		expect(checkResponse({ ...declined, status: 'accepted' }, null)).toMatchObject({
			ok: true,
			value: [{ legalBasis: null }, { complaint: null }],
		});
	});
});
