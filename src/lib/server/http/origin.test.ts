import { describe, expect, it } from 'vitest';
import { isFromOurPages, ownAddress } from './origin.ts';

const ORIGIN = 'http://127.0.0.1:4173';

function aRequest(method: string, headers: Record<string, string>): Request {
	return new Request(`${ORIGIN}/kk`, { method, headers });
}

describe('isFromOurPages', () => {
	it.each(['GET', 'HEAD', 'OPTIONS'])('lets %s through without asking', (method) => {
		expect(isFromOurPages(aRequest(method, { origin: 'https://evil.example' }), ORIGIN)).toBe(true);
	});

	it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('takes %s from our own origin only', (method) => {
		expect(isFromOurPages(aRequest(method, { origin: ORIGIN }), ORIGIN)).toBe(true);
		expect(isFromOurPages(aRequest(method, { origin: 'https://evil.example' }), ORIGIN)).toBe(false);
		expect(isFromOurPages(aRequest(method, { origin: 'http://127.0.0.1:4174' }), ORIGIN)).toBe(false);
		expect(isFromOurPages(aRequest(method, { origin: 'null' }), ORIGIN)).toBe(false);
		expect(isFromOurPages(aRequest(method, {}), ORIGIN)).toBe(false);
	});
});

describe('ownAddress', () => {
	const url = new URL(`${ORIGIN}/kk/taraz?year=2009`);

	it('sends a reader of localhost to the one origin, page and question kept', () => {
		expect(ownAddress(aRequest('GET', { host: 'localhost:4173' }), url, ORIGIN)).toBe(
			`${ORIGIN}/kk/taraz?year=2009`,
		);
	});

	it('leaves our own host, forms and other names alone', () => {
		expect(ownAddress(aRequest('GET', { host: '127.0.0.1:4173' }), url, ORIGIN)).toBeNull();
		expect(ownAddress(aRequest('POST', { host: 'localhost:4173' }), url, ORIGIN)).toBeNull();
		expect(ownAddress(aRequest('GET', { host: 'localhost:4173' }), url, 'http://localhost:4173')).toBeNull();
	});
});
