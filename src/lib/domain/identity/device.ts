/** What a list of sessions says of a device: enough to know one's own again, too little to follow anybody by it. */
export type Browser = 'chrome' | 'edge' | 'firefox' | 'opera' | 'safari' | 'samsung' | 'yandex' | 'other';
export type System = 'android' | 'ios' | 'linux' | 'macos' | 'windows' | 'other';

export type Device = { readonly browser: Browser; readonly system: System };

export const UNKNOWN_DEVICE: Device = { browser: 'other', system: 'other' };

const READ_MAX = 512;

/** The first that is found is it: nearly all of them also call themselves Chrome and Safari. */
const BROWSER_MARKS: readonly (readonly [string, Browser])[] = [
	['YaBrowser/', 'yandex'],
	['SamsungBrowser/', 'samsung'],
	['Edg', 'edge'],
	['OPR/', 'opera'],
	['Opera', 'opera'],
	['Firefox/', 'firefox'],
	['FxiOS/', 'firefox'],
	['CriOS/', 'chrome'],
	['Chrome/', 'chrome'],
	['Safari/', 'safari'],
];

const SYSTEM_MARKS: readonly (readonly [string, System])[] = [
	['Android', 'android'],
	['iPhone', 'ios'],
	['iPad', 'ios'],
	['Windows', 'windows'],
	['Macintosh', 'macos'],
	['Linux', 'linux'],
	['CrOS', 'linux'],
];

/** Families by the header User-Agent; no version, no model. */
export function toDevice(userAgent: string | null): Device {
	const text = (userAgent ?? '').slice(0, READ_MAX);
	const firstOf = <T>(marks: readonly (readonly [string, T])[], otherwise: T): T =>
		marks.find(([mark]) => text.includes(mark))?.[1] ?? otherwise;
	return { browser: firstOf(BROWSER_MARKS, 'other'), system: firstOf(SYSTEM_MARKS, 'other') };
}
