import type { Language } from '#lib/domain/base/language.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import { m } from '#lib/paraglide/messages.js';

type Say = (inputs: Record<string, never>, options?: { locale: Language }) => string;

const NAMES: Readonly<Record<StaffRole, Say>> = {
	official: m.role_official,
	moderator: m.role_moderator,
	analyst: m.role_analyst,
	administrator: m.role_administrator,
};

/** What may be done with it, for whoever gives or takes the role. */
const DUTIES: Readonly<Record<StaffRole, Say>> = {
	official: m.role_official_may,
	moderator: m.role_moderator_may,
	analyst: m.role_analyst_may,
	administrator: m.role_administrator_may,
};

/** In the language of the page, or in the one given where there is no page. */
export function staffRoleName(role: StaffRole, language?: Language): string {
	return NAMES[role]({}, ...inLanguage(language));
}

export function staffRoleDuty(role: StaffRole): string {
	return DUTIES[role]({});
}

function inLanguage(language: Language | undefined): [] | [{ locale: Language }] {
	return language === undefined ? [] : [{ locale: language }];
}
