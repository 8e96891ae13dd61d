import type { AccountId, CityId, PersonId } from '../base/ids.ts';
import type { StaffRole } from '../identity/words.ts';

/** A role that was granted, in one city where the role is bound to a city. */
export type Grant = { readonly role: StaffRole; readonly cityId: CityId | null };

/** Who asks: a visitor, or somebody signed in with what is known of them at this request. */
export type Visitor = { readonly kind: 'visitor' };
export type SignedIn = {
	readonly kind: 'signed_in';
	readonly accountId: AccountId;
	readonly displayName: string;
	readonly emailConfirmed: boolean;
	/** In this session: a code of an app, one on paper, or a passkey. */
	readonly secondFactorGiven: boolean;
	/** False when the text about personal data has changed since they agreed to it. */
	readonly consentIsCurrent: boolean;
	readonly residency: { readonly cityId: CityId; readonly personId: PersonId } | null;
	readonly grants: readonly Grant[];
};
export type Actor = Visitor | SignedIn;

export const VISITOR: Visitor = { kind: 'visitor' };
