import type { Language } from '#lib/domain/base/language.ts';
import { tenge, type Tenge } from '#lib/domain/base/tenge.ts';
import { formatInteger, formatScaled, NBSP } from './number.ts';

/** A step of the short form: amounts of at least `from` tenge are shown in units of `size`, with that many decimals. */
type Step = {
	readonly from: bigint;
	readonly size: bigint;
	readonly decimals: number;
	readonly words: Readonly<Record<Language, string>>;
};

// A step begins where the one below it would round to a thousand of its own units.
const STEPS: readonly Step[] = [
	{
		from: 999_950_000_000n,
		size: 10n ** 12n,
		decimals: 2,
		words: { kk: 'трлн', ru: 'трлн', en: 'trillion' },
	},
	{ from: 999_950_000n, size: 10n ** 9n, decimals: 1, words: { kk: 'млрд', ru: 'млрд', en: 'billion' } },
	{ from: 1_000_000n, size: 10n ** 6n, decimals: 1, words: { kk: 'млн', ru: 'млн', en: 'million' } },
];

const THOUSAND: Step = {
	from: 1000n,
	size: 1000n,
	decimals: 1,
	words: { kk: 'мың', ru: 'тыс.', en: 'thousand' },
};

/** The exact amount: `1 234 567 ₸`, in English `₸1,234,567`. */
export function formatTenge(amount: Tenge, language: Language): string {
	return withSymbol(formatInteger(amount, language), language);
}

/**
 * As people say it: `1,36 трлн ₸`, `365,2 млрд ₸`, `12,4 млн ₸`; below a million exact. Rounded half away from zero,
 * and to the next unit where rounding reaches it: 999 960 000 000 is `1,00 трлн ₸`, never `1 000,0 млрд ₸`.
 */
export function formatTengeShort(amount: Tenge, language: Language): string {
	const step = findStep(STEPS, amount);
	if (!step) return formatTenge(amount, language);
	return inUnits(formatScaled(scale(amount, step), step.decimals, language), step, language);
}

/** The same for the axis of a chart, where trailing zeros are noise: `0 ₸`, `250 мың ₸`, `1,5 трлн ₸`. */
export function formatTengeTick(amount: number, language: Language): string {
	const whole = tenge(BigInt(Math.round(amount)));
	const step = findStep([...STEPS, THOUSAND], whole);
	if (!step) return formatTenge(whole, language);
	const [shortest, decimals] = withoutTrailingZeros(scale(whole, step), step.decimals);
	return inUnits(formatScaled(shortest, decimals, language), step, language);
}

function findStep(steps: readonly Step[], amount: Tenge): Step | undefined {
	return steps.find((step) => amount >= step.from || amount <= -step.from);
}

/** In the smallest unit that the step shows, half away from zero. */
function scale(amount: Tenge, step: Step): bigint {
	const divisor = step.size / 10n ** BigInt(step.decimals);
	const half = amount < 0n ? -divisor / 2n : divisor / 2n;
	return (amount + half) / divisor;
}

function withoutTrailingZeros(scaled: bigint, decimals: number): [bigint, number] {
	let [value, left] = [scaled, decimals];
	while (left > 0 && value % 10n === 0n) [value, left] = [value / 10n, left - 1];
	return [value, left];
}

function inUnits(figures: string, step: Step, language: Language): string {
	return withSymbol(`${figures}${NBSP}${step.words[language]}`, language);
}

function withSymbol(figures: string, language: Language): string {
	if (language !== 'en') return `${figures}${NBSP}₸`;
	const [, minus = '', rest = ''] = /^(\u2212?)(.*)$/.exec(figures) ?? [];
	return `${minus}₸${rest}`;
}
