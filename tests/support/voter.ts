import type { TestDatabase } from './database.ts';
import type { Resident } from './factories/account.ts';
import type { MadeConsultation } from './factories/consultation.ts';
import { aSession } from './factories/session.ts';
import { HttpBrowser, type Answer, type Fields } from './http-browser.ts';

/** A resident's browser, signed in, that sends ballots as the forms of the ballot page do. */
export class Voter {
	readonly #browser: HttpBrowser;
	readonly #page: string;

	private constructor(browser: HttpBrowser, page: string) {
		this.#browser = browser;
		this.#page = page;
	}

	static async signIn(
		database: Pick<TestDatabase, 'db'>,
		origin: string,
		{ accountId }: Resident,
		{ cityId, slug }: MadeConsultation,
	): Promise<Voter> {
		const browser = new HttpBrowser(origin).withSession(await aSession(database, accountId));
		return new Voter(browser, `/kk/${cityId}/consultations/${slug}`);
	}

	open(part: '' | '/ballot' | '/confirmation' | '/results'): Promise<Answer> {
		return this.#browser.get(this.#page + part);
	}

	review(option: readonly string[], more: Fields = {}): Promise<Answer> {
		return this.#browser.post(`${this.#page}/ballot?/review`, { option, ...more });
	}

	cast(submissionId: string, option: readonly string[], more: Fields = {}): Promise<Answer> {
		return this.#browser.post(`${this.#page}/ballot?/cast`, { option, submissionId, ...more });
	}
}

/** The id that the review page carries, for the cast that follows it. */
export function submissionIn({ body }: Answer): string {
	const id = /name="submissionId" value="([0-9a-f-]{36})"/.exec(body)?.[1];
	if (id === undefined) throw new Error('the page carries no submission id');
	return id;
}
