import { describe, expect, it } from 'vitest';
import { toDevice, UNKNOWN_DEVICE } from './device.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('toDevice', () => {
	it.each([
		[
			`Mozilla/5.0 (Linux; Android 14; SM-A155F) ${WEBKIT} Chrome/131.0 Mobile Safari/537.36`,
			'chrome',
			'android',
		],
		[
			`Mozilla/5.0 (Linux; Android 13; SM-A155F) ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36`,
			'samsung',
			'android',
		],
		[
			`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0 YaBrowser/24.12 Safari/537.36`,
			'yandex',
			'windows',
		],
		[`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/131.0 Safari/537.36 Edg/131.0`, 'edge', 'windows'],
		[`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/131.0 Safari/537.36 OPR/116.0`, 'opera', 'windows'],
		['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'firefox', 'linux'],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile/15E148 Safari/604.1',
			'safari',
			'ios',
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 CriOS/131.0 Mobile/15E148 Safari/604.1',
			'chrome',
			'ios',
		],
		[
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.1 Safari/605.1',
			'safari',
			'macos',
		],
		[
			'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36',
			'chrome',
			'linux',
		],
		['curl/8.5.0', 'other', 'other'],
		['', 'other', 'other'],
	])('reads %j', (userAgent, browser, system) => {
		expect(toDevice(userAgent)).toEqual({ browser, system });
	});

	it('takes a missing header, and one as long as a book', () => {
		expect(toDevice(null)).toEqual(UNKNOWN_DEVICE);
		expect(toDevice(`${'x'.repeat(1_000_000)} Chrome/1 Android`)).toEqual(UNKNOWN_DEVICE);
	});
});
