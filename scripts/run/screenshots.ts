import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Cookie } from '@playwright/test';
import { sql } from 'kysely';
import { CITY, inWorld, type World } from '#bench/world.ts';
import { startSession } from '#lib/server/identity/index.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { tellError } from '../lib/fault.mjs';
import { fromRoot } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';

const FOLDER = fromRoot('docs', 'pictures');

const SCREENS = {
	desktop: { viewport: { width: 1280, height: 1200 } },
	phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
	dark: { viewport: { width: 1280, height: 1200 }, colorScheme: 'dark' },
} as const;

type Picture = {
	readonly language: 'kk' | 'en';
	readonly subject: 'city' | 'ballot';
	readonly screen: keyof typeof SCREENS;
};

const PICTURES: readonly Picture[] = [
	...(['kk', 'en'] as const).flatMap((language) =>
		(['city', 'ballot'] as const).flatMap((subject) =>
			(['desktop', 'phone'] as const).map((screen) => ({ language, subject, screen })),
		),
	),
	{ language: 'kk', subject: 'city', screen: 'dark' },
];

/** So many options are marked on the ballot that is shown. */
const MARKED = 3;

try {
	await inWorld(takePictures);
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

async function takePictures(world: World): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	const ballot = `/${CITY}/consultations/${await findOpenVote(world)}/ballot`;
	const session = await signInAResident(world);
	const browser = await chromium.launch(await findBrowser());
	try {
		for (const picture of PICTURES) {
			const { subject, language, screen } = picture;
			const file = path.join(FOLDER, `${subject}-${language}-${screen}.png`);
			const address = `${world.server.url}/${language}${subject === 'city' ? `/${CITY}` : ballot}`;
			await take(browser, picture, { address, file, cookies: subject === 'city' ? [] : [session] });
			const { size } = await stat(file);
			say(`${path.relative(fromRoot(), file)}, ${Math.ceil(size / 1024)} KiB`);
		}
	} finally {
		await browser.close();
	}
}

type Cookies = readonly Pick<Cookie, 'name' | 'value'>[];

async function take(
	browser: Browser,
	{ subject, screen }: Picture,
	{ address, file, cookies }: { address: string; file: string; cookies: Cookies },
): Promise<void> {
	const context = await browser.newContext({
		...SCREENS[screen],
		reducedMotion: 'reduce',
		timezoneId: 'Asia/Almaty',
	});
	await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: address })));
	const page = await context.newPage();
	const answer = await page.goto(address, { waitUntil: 'networkidle' });
	if (answer?.status() !== 200) throw new Error(`${address} answers ${answer?.status()}`);
	if (subject === 'ballot') {
		const boxes = await page.getByRole('group').getByRole('checkbox').all();
		for (const [place, box] of boxes.entries()) await box.setChecked(place < MARKED);
		await page.evaluate(() => window.scrollTo(0, 0));
	}
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: file, animations: 'disabled' });
	await context.close();
}

async function findOpenVote({ owner }: World): Promise<string> {
	const { slug } = await owner.db
		.selectFrom('consultation')
		.where('city_id', '=', CITY)
		.where(sql<boolean>`now() between voting_opens_at and voting_ends_at`)
		.select('slug')
		.orderBy('slug')
		.limit(1)
		.executeTakeFirstOrThrow();
	return slug;
}

/** Any of the demonstration's, as one who has just signed in. */
async function signInAResident({ owner, server }: World): Promise<Cookies[number]> {
	const { accountId } = await owner.db
		.selectFrom('residency')
		.where('city_id', '=', CITY)
		.select('account_id as accountId')
		.orderBy('account_id')
		.limit(1)
		.executeTakeFirstOrThrow();
	const kept: { name: string; value: string }[] = [];
	const jar = {
		get: () => undefined,
		set: (name: string, value: string) => void kept.push({ name, value }),
		delete: () => {},
	};
	await startSession({ db: owner.db, origin: server.url }, jar, accountId);
	const [cookie] = kept;
	if (cookie === undefined) throw new Error('the session set no cookie');
	return cookie;
}
