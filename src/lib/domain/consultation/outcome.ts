/** How an option came out, as far as ranks go. */
type Ranked = { readonly votes: number; readonly rank: number };

/** The options that share the first place; none when nobody voted for any. */
export function firstPlaces<Option extends Ranked>(options: readonly Option[]): readonly Option[] {
	return options.filter(({ votes, rank }) => rank === 1 && votes > 0);
}

/** With fewer ballots than this it is easier to guess what somebody chose, and the result says so. */
const SECRECY_THIN_BELOW = 20;

export function isSecrecyThin(ballots: number): boolean {
	return ballots < SECRECY_THIN_BELOW;
}
