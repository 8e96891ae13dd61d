import { ballotRefusals } from './refusals/ballot.ts';
import { dialogueRefusals } from './refusals/dialogue.ts';
import { formRefusals } from './refusals/form.ts';
import { identityRefusals } from './refusals/identity.ts';
import { listRefusals } from './refusals/residents-list.ts';
import type { RefusalTexts } from './refusals/texts.ts';

const TEXTS: RefusalTexts<string> = {
	...ballotRefusals,
	...dialogueRefusals,
	...formRefusals,
	...identityRefusals,
	...listRefusals,
};

type Refused = { readonly code: string; readonly detail?: number };
type Refusals = Readonly<Record<string, Refused>> | undefined;

/** Says in the page's language what was refused. */
export function describeError({ code, detail = 0 }: Refused): string {
	const say = Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined;
	return say === undefined ? formRefusals.field_invalid(detail) : say(detail);
}

/** The text at one field of a form that came back; undefined when the field is fine. */
export function errorOf(errors: Refusals, field: string): string | undefined {
	const refused = errors?.[field];
	return refused === undefined ? undefined : describeError(refused);
}

/** All that was refused, for the summary above the form; `form` stands for the form as a whole. */
export function listProblems(errors: Refusals): { field: string | null; text: string }[] {
	return Object.entries(errors ?? {}).map(([field, refused]) => ({
		field: field === 'form' ? null : field,
		text: describeError(refused),
	}));
}
