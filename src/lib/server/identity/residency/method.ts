import type { AccountId, CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Refusal, Result } from '#lib/domain/base/result.ts';
import type { Keys, Tx } from '#lib/server/capabilities.ts';

/** Whom a method has proved: by keys that are the same however the person proves it. */
export type ProvenPerson = {
	/** In this city. */
	readonly personKey: Uint8Array;
	/** In all cities; null where the proof names nobody. */
	readonly identityKey: Uint8Array | null;
	readonly districtId: DistrictId | null;
};

/**
 * A way to prove that somebody lives in a city. `Proof` is what the resident hands in, already in its right form. The
 * method uses the proof up inside the caller's transaction, or says by name why it does not count.
 */
export type ResidencyProver<Proof, R extends Refusal> = (
	tx: Tx,
	keys: Keys,
	claim: { readonly cityId: CityId; readonly accountId: AccountId; readonly proof: Proof },
) => Promise<Result<ProvenPerson, R>>;
