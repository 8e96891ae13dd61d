import { startSession } from '#lib/server/identity/index.ts';
import { testApp } from './app.ts';
import type { TestDatabase } from './database.ts';
import type { Resident } from './factories/account.ts';
import type { MadeConsultation } from './factories/consultation.ts';
import { HttpBrowser, type Answer } from './http-browser.ts';

/** A resident's browser, signed in, that sends ballots as the ballot page's forms do. */
export class Voter {
	readonly #browser: HttpBrowser;
	readonly #origin: string;
	readonly #path: string;

	private constructor(browser: HttpBrowser, origin: string, path: string) {
		this.#browser = browser;
		this.#origin = origin;
		this.#path = path;
	}

	static async signIn(
		{ db }: Pick<TestDatabase, 'db'>,
		origin: string,
		{ accountId }: Resident,
		{ cityId, slug }: MadeConsultation,
	): Promise<Voter> {
		const browser = new HttpBrowser(origin);
		const jar = {
			get: (name: string) => browser.cookies.get(name),
			set: (name: string, value: string) => void browser.cookies.set(name, value),
			delete: (name: string) => void browser.cookies.delete(name),
		};
		await startSession(testApp(db, { origin }), jar, accountId);
		return new Voter(browser, origin, `/kk/${cityId}/consultations/${slug}`);
	}

	open(part: '' | '/ballot' | '/confirmation' | '/results'): Promise<Answer> {
		return this.#browser.get(this.#path + part);
	}

	review(optionIds: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Answer> {
		return this.#send('review', optionIds, more);
	}

	cast(
		submissionId: string,
		optionIds: readonly string[],
		more: Readonly<Record<string, string>> = {},
	): Promise<Answer> {
		return this.#send('cast', optionIds, { submissionId, ...more });
	}

	#send(
		action: string,
		optionIds: readonly string[],
		more: Readonly<Record<string, string>>,
	): Promise<Answer> {
		const body = new URLSearchParams(more);
		for (const id of optionIds) body.append('option', id);
		const headers = { origin: this.#origin };
		return this.#browser.send(`${this.#path}/ballot?/${action}`, { method: 'POST', body, headers });
	}
}

/** The id that the review page carries, for the cast that follows it. */
export function submissionIn({ body }: Answer): string {
	const id = /name="submissionId" value="([0-9a-f-]{36})"/.exec(body)?.[1];
	if (id === undefined) throw new Error('the page carries no submission id');
	return id;
}
