import type { GrantRefusal } from '../access/grants.ts';
import type { DisplayNameRefusal } from './display-name.ts';
import type { EmailRefusal } from './email-address.ts';
import type { IinRefusal } from './iin.ts';
import type { PasswordRefusal } from './password.ts';
import type { ProviderClaimsRefusal } from './provider-claims.ts';
import type { ResidencyCodeRefusal } from './residency-code.ts';
import type { SecondFactorCodeRefusal } from './second-factor.ts';

/** Unknown address and wrong password are one refusal: nobody learns who has an account. */
export type SignInRefusal = { readonly code: 'sign_in_refused' };

export type ConfirmEmailRefusal = {
	readonly code: 'link_not_valid' | 'password_missing' | 'registration_password_wrong';
};

/** Asked once more before something that cannot be taken back. */
export type OwnPasswordRefusal = { readonly code: 'password_wrong' };

export type SecondFactorRefusal = { readonly code: 'factor_code_wrong' };

export type ConfirmTotpRefusal = SecondFactorRefusal | { readonly code: 'factor_not_begun' };

export type ChangePasswordRefusal = OwnPasswordRefusal | { readonly code: 'password_common' };

export type ResetPasswordRefusal = { readonly code: 'link_not_valid' | 'password_common' };

export type RequestNewEmailRefusal = OwnPasswordRefusal | { readonly code: 'email_same' };

export type RestoreEmailRefusal = { readonly code: 'link_not_valid' | 'email_taken' };

export type ConfirmNewEmailRefusal =
	RestoreEmailRefusal | OwnPasswordRefusal | { readonly code: 'password_missing' };

export type DeleteAccountRefusal = OwnPasswordRefusal | { readonly code: 'last_administrator' };

export type ConfirmResidencyRefusal =
	| {
			readonly code:
				| 'residency_code_unknown'
				| 'residency_code_used'
				| 'residency_code_expired'
				| 'residency_iin_unlisted'
				/** The provider of identities names another city than the one that was chosen. */
				| 'residency_provider_elsewhere'
				/** The administrators of the city have closed this way. */
				| 'residency_method_closed'
				/** The account is confirmed already, here or elsewhere without a word about moving. */
				| 'residency_exists'
				/** The person is confirmed in another city by another account, and nobody said that they moved. */
				| 'residency_elsewhere';
	  }
	/** `detail` says in how many days they may move again. */
	| { readonly code: 'residency_moved_lately'; readonly detail: number };

/** Why a journey to the provider of identities came to nothing. */
export type ProviderRefusal =
	| ProviderClaimsRefusal
	| {
			readonly code:
				/** It does not answer, or too slowly. */
				| 'provider_silent'
				/** They turned back there. */
				| 'provider_declined'
				/** What came back is not what was asked for, was used before, or came too late. */
				| 'provider_answer_invalid'
				/** Nobody set out from this browser, or too long ago. */
				| 'provider_journey_over';
	  };

/** What an administrator is told who invites somebody. */
export type InviteRefusal = GrantRefusal | { readonly code: 'role_unknown' | 'role_held' };

export type AcceptInvitationRefusal =
	GrantRefusal | { readonly code: 'invitation_not_valid' | 'invitation_of_another' };

/** What an invited person is told who has no account yet. */
export type RegisterInvitedRefusal =
	GrantRefusal | { readonly code: 'invitation_not_valid' | 'account_exists' | 'password_common' };

export type WithdrawInvitationRefusal = { readonly code: 'invitation_over' };

/** What an administrator is told who would leave a city without a way to prove residency. */
export type ConfigureCityRefusal = { readonly code: 'residency_methods_none' };

export type RevokeRoleRefusal = { readonly code: 'role_own' | 'role_not_held' };

/** All that can be refused about accounts, for the texts: none may lack one. */
export type IdentityRefusalCode =
	| EmailRefusal['code']
	| PasswordRefusal['code']
	| DisplayNameRefusal['code']
	| ResidencyCodeRefusal['code']
	| IinRefusal['code']
	| SignInRefusal['code']
	| ConfirmEmailRefusal['code']
	| OwnPasswordRefusal['code']
	| RequestNewEmailRefusal['code']
	| ConfirmNewEmailRefusal['code']
	| DeleteAccountRefusal['code']
	| 'language_unknown'
	| ConfirmResidencyRefusal['code']
	| ProviderRefusal['code']
	| ConfirmTotpRefusal['code']
	| SecondFactorCodeRefusal['code']
	| 'factor_exists'
	| InviteRefusal['code']
	| AcceptInvitationRefusal['code']
	| RegisterInvitedRefusal['code']
	| WithdrawInvitationRefusal['code']
	| RevokeRoleRefusal['code']
	| ConfigureCityRefusal['code']
	| 'consent_missing'
	| 'session_unknown'
	| 'city_missing'
	| 'moving_missing'
	| 'age_band_unknown';
