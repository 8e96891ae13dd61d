import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { denialOf, type Denial } from '#lib/domain/access/can.ts';
import { isUuid, type CityId, type CommentId } from '#lib/domain/base/ids.ts';
import { writtenLanguage } from '#lib/domain/dialogue/written-language.ts';
import { findSubject } from '#lib/server/budget/index.ts';
import { newId } from '#lib/server/db/new-id.ts';
import {
	countComments,
	createComment,
	listComments,
	type CommentSubject,
} from '#lib/server/dialogue/index.ts';
import {
	authorise,
	failTooMany,
	limit,
	readForm,
	type FormErrors,
	type FormValues,
} from '#lib/server/http/index.ts';
import { commentForm } from './form.ts';

const PAGE_SIZE = 20;

type Event = Pick<RequestEvent, 'locals' | 'url'>;

/** The discussion of a line as this reader sees it: what was said, and whether they may speak. */
export async function loadDiscussion({ locals: { app, actor }, url }: Event, subject: CommentSubject) {
	const wanted = readCommentId(url, 'comment');
	const posted = readCommentId(url, 'posted');
	const [counts, newest, linked] = await Promise.all([
		countComments(app.db, subject),
		listComments(app.db, subject, { from: null, limit: PAGE_SIZE }),
		wanted === null ? null : listComments(app.db, subject, { from: wanted, limit: PAGE_SIZE }),
	]);
	const isFound = linked !== null && linked.items.length > 0;
	const shown = isFound ? linked : newest;
	return {
		...counts,
		items: shown.items,
		next: shown.next,
		/** A page further back in time than the newest. */
		isOlder: isFound && linked.items[0]?.id !== newest.items[0]?.id,
		/** A link led to a comment that is not here. */
		isMissing: url.searchParams.has('comment') && !isFound,
		/** The reader's own comment, just published. */
		posted: newest.items.find(({ id }) => id === posted && actor.kind === 'signed_in')?.id ?? null,
		/** What stands between the reader and a comment of their own; null when nothing does. */
		denial: denialOf(actor, 'comment.create', subject),
		formId: newId<CommentId>(app),
	};
}

const SIGNED_OUT: Readonly<Partial<Record<Denial, FormErrors>>> = {
	sign_in_needed: { form: { code: 'comment_sign_in_needed' } },
	email_unconfirmed: { form: { code: 'comment_email_unconfirmed' } },
	consent_outdated: { form: { code: 'comment_consent_outdated' } },
};

/** Publishes a comment on the line of the address, then shows it in its place. What was typed is never lost. */
export async function publishComment(event: RequestEvent) {
	const { app, actor } = event.locals;
	const form = await readForm(event.request, commentForm);
	const formId = newId<CommentId>(app);
	const refuse = (status: number, values: FormValues, errors: FormErrors) =>
		fail(status, { values, errors, formId });
	if (!form.ok) return refuse(400, form.values, form.errors);

	const { city, year, code } = event.params;
	const subject = await findSubject(app.db, city as CityId, Number(year), String(code));
	if (subject === null) error(404);
	// A session that ended while somebody was writing must not cost them the text: no redirect here.
	const signedOut = SIGNED_OUT[denialOf(actor, 'comment.create', subject) ?? 'not_yours'];
	if (signedOut) return refuse(403, form.values, signedOut);
	const permit = authorise(event, 'comment.create', { cityId: subject.cityId });
	const allowed = await limit(app, 'comment.create', permit.actor.accountId);
	if (!allowed.ok) {
		const { data } = failTooMany(event, form.values, allowed.refusal);
		return refuse(429, data.values, data.errors);
	}

	const { id, body, language, preselected } = form.value;
	const comment = await createComment(app, permit, {
		id,
		line: subject,
		language: writtenLanguage(body, language, preselected),
		body,
	});
	if (!comment.ok) {
		const { code: refusal } = comment.refusal;
		const detail = refusal === 'text_too_long' ? { detail: comment.refusal.excess } : {};
		const field = refusal === 'comment_form_used' ? 'form' : 'body';
		return refuse(400, form.values, { [field]: { code: refusal, ...detail } });
	}
	redirect(303, `${event.url.pathname}?posted=${comment.value}#discussion`);
}

function readCommentId(url: URL, parameter: string): CommentId | null {
	const text = url.searchParams.get(parameter);
	return text !== null && isUuid(text) ? (text as CommentId) : null;
}
