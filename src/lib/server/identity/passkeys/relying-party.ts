/** Whom a passkey is made for: it works at this address and no other. */
export type RelyingParty = { readonly id: string; readonly origin: string };

/**
 * From the configured address alone, never from a request. Null where browsers make no passkeys: at a number instead of a
 * name, and without TLS but for `localhost`.
 */
export function relyingParty(origin: string): RelyingParty | null {
	const { hostname, protocol } = new URL(origin);
	const isNumber = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
	const isSafe = protocol === 'https:' || hostname === 'localhost';
	return isNumber || !isSafe ? null : { id: hostname, origin };
}
