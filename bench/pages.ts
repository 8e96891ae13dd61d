import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { inTurn, measureRate } from './rate.ts';
import type { Figures } from './words.ts';
import type { World } from './world.ts';

/** Pages whose weight is told besides the one that is measured. */
const WEIGHED = {
	home: '/kk',
	city: '/kk/astana',
	line: '/kk/astana/budget/2024/07',
	ballot: '/kk/astana/consultations',
	statistics: '/kk/statistics',
} as const;

/** Whoever sends a cookie gets a rendering of their own; visitors who ask at the same moment share one. */
const ALONE = { cookie: 'bench=alone' };

/** The city page as visitors get it, against node:http sending the same bytes and headers; and what pages weigh. */
export async function benchPages(world: World): Promise<Figures> {
	const { url } = world.server;
	const page = await fetch(url + WEIGHED.city);
	if (!page.ok) throw new Error(`${WEIGHED.city} answers ${page.status}`);
	const bytes = Buffer.from(await page.arrayBuffer());
	const plain = await serveBytes(bytes, { 'content-type': page.headers.get('content-type') ?? 'text/html' });
	try {
		const perSecond = await inTurn({
			page: async () => (await measureRate({ url: url + WEIGHED.city })).perSecond,
			alone: async () => (await measureRate({ url: url + WEIGHED.city, headers: ALONE })).perSecond,
			plain: async () => (await measureRate({ url: plain.url })).perSecond,
		});
		const figures: Record<string, number> = {
			city_vs_node_http: perSecond.page / perSecond.plain,
			city_alone_vs_node_http: perSecond.alone / perSecond.plain,
			city_per_second: perSecond.page,
			city_alone_per_second: perSecond.alone,
			node_http_per_second: perSecond.plain,
		};
		for (const [name, path] of Object.entries(WEIGHED)) {
			const { html, script } = await weigh(url, path);
			figures[`${name}_html_gzip_kb`] = html;
			figures[`${name}_js_gzip_kb`] = script;
		}
		return figures;
	} finally {
		plain.server.close();
		plain.server.closeAllConnections();
	}
}

async function serveBytes(
	bytes: Buffer,
	headers: Record<string, string>,
): Promise<{ server: Server; url: string }> {
	const server = createServer((_, response) => {
		response.writeHead(200, { ...headers, 'content-length': bytes.length });
		response.end(bytes);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return { server, url: `http://127.0.0.1:${address.port}/` };
}

const KB = 1000;

/** The page and every script it loads before anything is clicked, packed by gzip, in thousands of bytes. */
async function weigh(url: string, path: string): Promise<{ html: number; script: number }> {
	const page = await fetch(url + path);
	const html = await page.text();
	const named = `${page.headers.get('link') ?? ''} ${html}`.match(SCRIPT) ?? [];
	const waiting = named.map((file) => new URL(file, url + path).href);
	const sizes = new Map<string, number>();
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (sizes.has(file)) continue;
		const answer = await fetch(file);
		if (!answer.ok) throw new Error(`${file} answers ${answer.status}`);
		const script = await answer.text();
		sizes.set(file, gzipSync(script).length);
		for (const [, imported] of script.matchAll(STATIC_IMPORT)) waiting.push(new URL(imported!, file).href);
	}
	const script = [...sizes.values()].reduce((sum, size) => sum + size, 0);
	return { html: gzipSync(html).length / KB, script: script / KB };
}

const SCRIPT = /(?:\.{0,2}\/)+_app\/immutable\/[\w./-]+\.js/g;
/** What a script needs before it runs; what it loads later, such as a chart, is not counted. */
const STATIC_IMPORT = /\b(?:from|import)\s*["']([^"']+\.js)["']/g;
