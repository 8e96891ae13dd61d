import { parseInstant } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import AuditLog from './AuditLog.svelte';

const nothing = { city: '', action: '', day: '' };
const common = {
	home: '/kk/admin/audit',
	isLater: false,
	next: null,
	language: 'kk' as const,
	timeZone: 'Asia/Almaty',
};

export const examples = examplesOf(AuditLog, {
	'an answer, a role, an erasure': {
		...common,
		asked: nothing,
		cities: [{ value: 'a', label: 'Талдықорған' }],
		next: 15,
		entries: [
			{
				number: 17,
				happenedAt: parseInstant('2026-11-24T10:17:00.000Z'),
				action: 'audit.erase',
				actor: { kind: 'operator' },
				cityName: null,
				subject: { kind: 'audit_entry', id: '12', name: null },
				changes: [],
			},
			{
				number: 16,
				happenedAt: parseInstant('2026-11-24T10:16:00.000Z'),
				action: 'response.publish',
				actor: { kind: 'account', name: 'Айгүл Сәрсенова' },
				cityName: 'Талдықорған',
				subject: { kind: 'comment', id: '01890000-0000-7000-8000-000000000002', name: null },
				changes: [
					{ field: 'status', language: null, before: 'under_review', after: 'accepted' },
					{ field: 'texts.ru.body', language: 'ru', before: null, after: 'Освещение установят.' },
				],
			},
			{
				number: 15,
				happenedAt: parseInstant('2026-11-24T10:15:00.000Z'),
				action: 'role.grant',
				actor: { kind: 'account', name: null },
				cityName: 'Талдықорған',
				subject: { kind: 'account', id: '01890000-0000-7000-8000-000000000001', name: 'Айгүл Сәрсенова' },
				changes: null,
			},
		],
	},
	'no day': {
		...common,
		asked: { ...nothing, day: '31.02.2026' },
		dayError: 'Мұндай күн жоқ.',
		entries: [],
	},
	empty: { ...common, asked: nothing, entries: [] },
});
