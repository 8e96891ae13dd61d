import type { AccountId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Subject } from '#lib/domain/budget/code.ts';
import { checkDraft, type ConsultationDraft, type DraftRefusal } from '#lib/domain/consultation/draft.ts';
import { recordAct } from '../audit/index.ts';
import { ensureSubjects } from '../budget/index.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { violates } from '../db/constraints.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import { makeWrappedKey } from './keys.ts';

export type CreateRefusal =
	| DraftRefusal
	| { readonly code: 'consultation_slug_taken' }
	| { readonly code: 'consultation_opens_in_the_past' };

/**
 * Makes a consultation with its texts, options and the key of its pseudonyms, all or nothing. Voting must open in the
 * future, by the database's clock: from then on the database lets nobody but the tables' owner change any of it. The
 * actor is for the audit log; null where no member of staff does it.
 */
export async function createConsultation(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
	actorId: AccountId | null,
	draft: ConsultationDraft,
): Promise<Result<ConsultationId, CreateRefusal>> {
	const checked = checkDraft(draft);
	if (!checked.ok) return checked;
	const id = newId<ConsultationId>(app);
	const wrappedKey = makeWrappedKey(app.keys, app.random, { cityId: draft.cityId, consultationId: id });
	try {
		return await transact<ConsultationId, CreateRefusal>(app.db, async (tx) => {
			await insertConsultation(tx, id, draft);
			await insertTexts(tx, id, draft);
			await ensureSubjects(tx, checked.value);
			await insertOptions(tx, id, checked.value);
			await tx
				.insertInto('consultation_key')
				.values({ city_id: draft.cityId, consultation_id: id, wrapped_key: wrappedKey })
				.execute();
			await recordAct(tx, app, {
				actorId,
				cityId: draft.cityId,
				action: 'consultation.create',
				subject: { kind: 'consultation', id },
				after: { ...draft, options: checked.value.map(({ alias }) => alias) },
			});
			return ok(id);
		});
	} catch (error) {
		if (violates(error, 'consultation_slug_once')) return refused({ code: 'consultation_slug_taken' });
		if (violates(error, 'subject_classification_fkey'))
			return refused({ code: 'consultation_option_unknown' });
		if (violates(error, 'consultation_frozen')) return refused({ code: 'consultation_opens_in_the_past' });
		throw error;
	}
}

async function insertConsultation(tx: Tx, id: ConsultationId, draft: ConsultationDraft): Promise<void> {
	await tx
		.insertInto('consultation')
		.values({
			city_id: draft.cityId,
			id,
			slug: draft.slug,
			fiscal_year: draft.fiscalYear,
			method: draft.method,
			max_options: draft.maxOptions,
			tally_rule: draft.tallyRule,
			discussion_opens_at: draft.dates.discussionOpensAt,
			voting_opens_at: draft.dates.votingOpensAt,
			voting_ends_at: draft.dates.votingEndsAt,
			counting_ends_at: draft.dates.countingEndsAt,
			answer_due_at: draft.dates.answerDueAt,
		})
		.execute();
}

async function insertTexts(tx: Tx, id: ConsultationId, { cityId, texts }: ConsultationDraft): Promise<void> {
	const rows = LANGUAGES.flatMap((language) => {
		const text = texts[language];
		return text === undefined
			? []
			: [
					{
						city_id: cityId,
						consultation_id: id,
						language,
						title: text.title.trim(),
						question: text.question.trim(),
					},
				];
	});
	await tx.insertInto('consultation_text').values(rows).execute();
}

/** An option is named by the alias of its line: readable on a ballot, and it holds neither comma nor space. */
async function insertOptions(tx: Tx, id: ConsultationId, subjects: readonly Subject[]): Promise<void> {
	await tx
		.insertInto('consultation_option')
		.values(
			subjects.map((subject, index) => ({
				city_id: subject.cityId,
				consultation_id: id,
				id: subject.alias as OptionId,
				position: index + 1,
				fiscal_year: subject.fiscalYear,
				subject_kind: subject.kind,
				subject_code: subject.code,
				cost: null,
			})),
		)
		.execute();
}
