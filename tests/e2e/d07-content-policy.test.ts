import { expect } from '#tests/support/fixtures.ts';
import { PAGES, READERS, UNKNOWN, type Reader } from './pages.ts';
import { test } from './readers.ts';

/** Markup that somebody has smuggled into a page, by a fault of ours. */
const SMUGGLED = [
	'<script>document.title = "taken"</script>',
	'<script src="https://evil.invalid/a.js"></script>',
	'<img src="data:," onerror="document.title = \'taken\'" alt="">',
	'<img src="https://evil.invalid/a.png" alt="">',
	'<p style="position: fixed">x</p>',
	'<iframe srcdoc="<script>parent.document.title = \'taken\'</script>"></iframe>',
].join('');

/** What the browser must name as refused, for the above. */
const REFUSED = ['img-src', 'script-src-attr', 'script-src-elem', 'style-src-attr'];

/** One address of every page, and an error, with who may see it. */
const addresses = [
	...Object.values(PAGES).flatMap((visits) => {
		const reader = READERS.find((one) => visits[one] !== undefined);
		return reader === undefined ? [] : [{ reader, path: visits[reader]![0]! }];
	}),
	{ reader: 'visitor' as const, path: UNKNOWN.at(-1)! },
];

for (const reader of READERS) {
	test(`D07 nothing smuggled into a page runs in the browser of a ${reader}`, async ({
		browser,
		server,
		sessions,
	}) => {
		const context = await browser.newContext();
		const session = sessions[reader];
		if (session) await context.addCookies([{ ...session, url: server.url }]);
		// A script of the test, which no policy stops, listens to the browser's own reports.
		await context.addInitScript(() => {
			const refused: string[] = [];
			Object.assign(window, { refused });
			document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
		});
		const page = await context.newPage();
		await page.route(/\/kk(?:\/|$)/, async (route) => {
			const response = await route.fetch({ maxRetries: 2 });
			const body = (await response.text()).replace('</main>', `${SMUGGLED}</main>`);
			await route.fulfill({ response, body });
		});
		for (const { path } of addressesOf(reader)) {
			const answer = await page.goto(`/kk${path}`);
			expect.soft(await answer?.headerValue('content-security-policy'), path).not.toContain('unsafe-inline');
			expect.soft((await answer?.text())?.includes(SMUGGLED), path).toBe(true);
			await expect.soft.poll(() => page.evaluate(readRefused), path).toEqual(REFUSED);
			expect.soft(await page.title(), path).not.toBe('taken');
		}
		await context.close();
	});
}

function addressesOf(reader: Reader) {
	return addresses.filter((address) => address.reader === reader);
}

/** Runs in the page. */
function readRefused(): string[] {
	const { refused } = window as unknown as { refused: string[] };
	return [...new Set(refused)].sort();
}
