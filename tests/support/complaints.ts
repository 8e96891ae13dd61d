import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What a browser complained about: errors of scripts, the console's errors, whatever could not be loaded or is foreign. */
export type Complaints = readonly string[];

/** Listens to every page of a browser, from now on. */
export function listenForComplaints(context: BrowserContext, origin: string): Complaints {
	const complaints: string[] = [];
	context.on('weberror', (error) => complaints.push(`script: ${error.error().stack}`));
	context.on('console', (message) => {
		if (message.type() === 'error' && !isAboutLoading(message)) {
			complaints.push(`console of ${message.page()?.url()}: ${message.text()}`);
		}
	});
	context.on('response', (response) => {
		// A page may well be a refusal; the test that opens it says which status it expects.
		if (response.status() >= 400 && !response.request().isNavigationRequest()) {
			complaints.push(`answered with ${response.status()}: ${response.url()}`);
		}
	});
	context.on('request', (request) => {
		const { origin: asked, protocol } = new URL(request.url());
		if (asked !== origin && protocol !== 'data:') complaints.push(`foreign: ${request.url()}`);
	});
	return complaints;
}

/** Said once more by the answer itself, with its status. */
function isAboutLoading(message: ConsoleMessage): boolean {
	return message.text().startsWith('Failed to load resource');
}
