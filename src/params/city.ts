/** The shape of a city's slug; whether the city exists is the database's to say. */
export function match(param: string): boolean {
	return /^[a-z][a-z-]{1,39}$/.test(param) && !RESERVED.has(param);
}

/** First path parts of other pages under a language, which can never be the slug of a city. */
const RESERVED = new Set([
	'admin',
	'data',
	'invitation',
	'me',
	'my-city',
	'office',
	'register',
	'sign-in',
	'sign-out',
	'statistics',
	'outbox',
	'about',
]);
