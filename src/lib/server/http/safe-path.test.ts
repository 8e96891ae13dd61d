import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

const OURS = ['/kk', '/ru/taraz/budget/2026/07-1', '/en/me?city=oral', '/kk/taraz/budget/2026/07#comment-1'];

const FOREIGN = [
	'//evil.example',
	'/\\evil.example',
	'https:evil',
	'https://evil.example/kk',
	'/%2f%2fevil',
	'javascript:alert(1)',
	'/kk//evil',
	'/kk/\tevil',
	'/kk\n/evil',
	'',
	null,
	undefined,
];

describe('safePath', () => {
	it.each(OURS)('keeps a path of our own: %s', (path) => {
		expect(safePath(path)).toBe(path);
	});

	it.each(FOREIGN)('refuses another host or scheme in every disguise: %j', (path) => {
		expect(safePath(path, '/kk')).toBe('/kk');
	});
});
