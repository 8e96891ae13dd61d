import type { Language } from '../base/language.ts';
import { ok, refused, type Result } from '../base/result.ts';
import { mayFollow } from './status.ts';
import { checkText, type TextRefusal } from './text.ts';
import type { ResponseStatus } from './words.ts';

/** An official answer is given in both, Kazakh first (Law on languages, articles 11 and 21). */
export const RESPONSE_LANGUAGES = ['kk', 'ru'] as const satisfies readonly Language[];
export type ResponseLanguage = (typeof RESPONSE_LANGUAGES)[number];

/**
 * What one language of a response says. A refusal also names its legal basis and where, until when and how to complain
 * (Administrative Procedural and Process-Related Code, articles 80 and 89).
 */
export type ResponseText = {
	readonly language: ResponseLanguage;
	readonly body: string;
	readonly legalBasis: string | null;
	readonly complaint: string | null;
};

const LENGTH_MAX = { body: 5000, legal_basis: 1000, complaint: 1000 } as const;
export const RESPONSE_LENGTH_MAX = LENGTH_MAX.body;

export type ResponsePart = keyof typeof LENGTH_MAX;
export type ResponseTextField = `${ResponsePart}_${ResponseLanguage}`;

/** A response as typed. Legal basis and complaint count only where the status is `declined`. */
export type ResponseDraft = { readonly status: ResponseStatus } & Readonly<Record<ResponseTextField, string>>;

/** One field that stands in the way of publishing, and why. */
export type ResponseFault =
	| { readonly field: ResponseTextField; readonly code: `${ResponseTextField}_missing` }
	| ({ readonly field: ResponseTextField } & Exclude<TextRefusal, { code: 'text_empty' }>)
	| { readonly field: 'status'; readonly code: 'status_cannot_follow' };

/** The texts to publish, Kazakh first, when every needed part is there and the status may follow the current one. */
export function checkResponse(
	draft: ResponseDraft,
	current: ResponseStatus | null,
): Result<readonly ResponseText[], readonly ResponseFault[]> {
	const faults: ResponseFault[] = [];
	if (!mayFollow(draft.status, current)) faults.push({ field: 'status', code: 'status_cannot_follow' });

	const part = (name: ResponsePart, language: ResponseLanguage): string => {
		const field = `${name}_${language}` as const;
		const text = checkText(draft[field], LENGTH_MAX[name]);
		if (text.ok) return text.value;
		const { refusal } = text;
		faults.push(
			refusal.code === 'text_empty' ? { field, code: `${field}_missing` as const } : { field, ...refusal },
		);
		return '';
	};
	const declined = draft.status === 'declined';
	const texts = RESPONSE_LANGUAGES.map((language) => ({
		language,
		body: part('body', language),
		legalBasis: declined ? part('legal_basis', language) : null,
		complaint: declined ? part('complaint', language) : null,
	}));
	return faults.length > 0 ? refused(faults) : ok(texts);
}
