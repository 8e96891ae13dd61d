import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import { seededDraw, type Draw } from './draw.ts';
import { daysAfter, inWakingHours } from './moments.ts';
import {
	EXPAT_INITIALS,
	EXPAT_NAMES,
	KAZAKH_INITIALS,
	KAZAKH_NAMES,
	OTHER_INITIALS,
	OTHER_NAMES,
} from './names.ts';
import type { DemonstrationCity, SimulatedResident } from './plan.ts';
import { RESIDENT_DOMAIN } from './staff.ts';

/** Enough that most options pass the smallest cell that statistics publish. */
const RESIDENTS = { republican: { from: 52, to: 60 }, oblast: { from: 36, to: 44 } } as const;

const AGE_BAND_WEIGHTS: readonly (readonly [AgeBand | null, number])[] = [
	['18-29', 24],
	['30-44', 32],
	['45-59', 18],
	['60+', 12],
	[null, 14],
];

type Background = {
	readonly names: readonly string[];
	readonly initials: readonly string[];
	readonly language: Language;
};
const BACKGROUNDS: readonly (readonly [Background, number])[] = [
	[{ names: KAZAKH_NAMES, initials: KAZAKH_INITIALS, language: 'kk' }, 50],
	[{ names: KAZAKH_NAMES, initials: KAZAKH_INITIALS, language: 'ru' }, 14],
	[{ names: OTHER_NAMES, initials: OTHER_INITIALS, language: 'ru' }, 33],
	[{ names: EXPAT_NAMES, initials: EXPAT_INITIALS, language: 'en' }, 3],
];

/** Residents of each city. No two of a city share a name, no two of all an address; every address ends in `.invalid`. */
export function planResidents(
	seed: number,
	cities: readonly DemonstrationCity[],
	now: Instant,
): ReadonlyMap<CityId, readonly SimulatedResident[]> {
	let number = 0;
	return new Map(
		cities.map((city) => {
			const draw = seededDraw(seed, `residents ${city.id}`);
			const { from, to } = RESIDENTS[city.level];
			const names = new Set<string>();
			const residents = Array.from({ length: draw.whole(from, to) }, () =>
				planResident(draw, city, names, ++number, now),
			);
			return [city.id, residents];
		}),
	);
}

function planResident(
	draw: Draw,
	city: DemonstrationCity,
	taken: Set<string>,
	number: number,
	now: Instant,
): SimulatedResident {
	const [background] = draw.weighted(BACKGROUNDS, ([, weight]) => weight);
	const displayName = drawName(draw, background, taken);
	// Most were there for the consultation that has ended, the others came for the open one.
	const daysAgo = draw.chance(0.75) ? draw.whole(95, 160) : draw.whole(15, 55);
	return {
		displayName,
		email: `${toLatin(displayName.split(' ')[0]!)}.${number}@${RESIDENT_DOMAIN}`,
		language: background.language,
		ageBand: draw.weighted(AGE_BAND_WEIGHTS, ([, weight]) => weight)[0],
		districtId: city.districts.length > 0 && draw.chance(0.9) ? draw.one(city.districts) : null,
		registeredAt: inWakingHours(city.timeZone, daysAfter(now, -daysAgo - draw.fraction())),
	};
}

function drawName(draw: Draw, background: Background, taken: Set<string>): string {
	for (;;) {
		const name = `${draw.one(background.names)} ${draw.one(background.initials)}.`;
		if (!taken.has(name)) {
			taken.add(name);
			return name;
		}
	}
}

const LATIN: Readonly<Record<string, string>> = {
	а: 'a',
	ә: 'a',
	б: 'b',
	в: 'v',
	г: 'g',
	ғ: 'g',
	д: 'd',
	е: 'e',
	ё: 'yo',
	ж: 'zh',
	з: 'z',
	и: 'i',
	й: 'i',
	к: 'k',
	қ: 'q',
	л: 'l',
	м: 'm',
	н: 'n',
	ң: 'n',
	о: 'o',
	ө: 'o',
	п: 'p',
	р: 'r',
	с: 's',
	т: 't',
	у: 'u',
	ұ: 'u',
	ү: 'u',
	ф: 'f',
	х: 'kh',
	һ: 'h',
	ц: 'ts',
	ч: 'ch',
	ш: 'sh',
	щ: 'sh',
	ъ: '',
	ы: 'y',
	і: 'i',
	ь: '',
	э: 'e',
	ю: 'yu',
	я: 'ya',
};

function toLatin(name: string): string {
	return [...name.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('');
}
