import type { GrantRefusal } from '../access/grants.ts';
import type { DisplayNameRefusal } from './display-name.ts';
import type { EmailRefusal } from './email-address.ts';
import type { IinRefusal } from './iin.ts';
import type { PasswordRefusal } from './password.ts';
import type { ProviderClaimsRefusal } from './provider-claims.ts';
import type { BatchSizeRefusal, ReceiversRefusal } from './residency-code-batch.ts';
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

/** Unknown, not ours, used before, or a counter that went back: one refusal for all. */
export type PasskeyRefusal = { readonly code: 'passkey_refused' };

export type AddPasskeyRefusal = { readonly code: 'passkey_not_added' };

export type BeginPasskeyRefusal =
	OwnPasswordRefusal | AddPasskeyRefusal | { readonly code: 'passkey_too_many' };

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
				| 'counter_visit_over'
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
export type InviteRefusal =
	GrantRefusal | { readonly code: 'role_unknown' | 'role_held' | 'invitation_form_used' };

export type AcceptInvitationRefusal =
	GrantRefusal | { readonly code: 'invitation_not_valid' | 'invitation_of_another' };

/** What an invited person is told who has no account yet. */
export type RegisterInvitedRefusal =
	GrantRefusal | { readonly code: 'invitation_not_valid' | 'account_exists' | 'password_common' };

export type WithdrawInvitationRefusal = { readonly code: 'invitation_over' };

export type ConfigureCityRefusal = {
	readonly code:
		/** The city would be left without a way to prove residency. */
		| 'residency_methods_none'
		/** Beside anonymous codes another way would make two persons of one. */
		| 'anonymous_codes_not_alone'
		/** Where there is a list, codes are for persons of it. */
		| 'anonymous_codes_beside_list'
		/** Who has voted as one person would vote as another. */
		| 'anonymous_codes_while_voting';
};

/** What an official is told who asks for codes: the city gives none, or only of the other kind. */
export type AskForCodesRefusal =
	ReceiversRefusal | { readonly code: 'residency_method_closed' | 'codes_other_kind' | 'codes_form_used' };

export type ReleaseCodesRefusal = {
	readonly code:
		| 'codes_unknown'
		| 'codes_withdrawn'
		| 'codes_lapsed'
		/** They were shown to whoever released them, once. */
		| 'codes_shown_already'
		/** By one's own ask, or that of somebody who is no official any more. */
		| 'codes_need_two'
		/** Somebody of the batch is not on the list any more, or the city changed its kind of codes. */
		| 'codes_outdated';
};

export type OpenVisitRefusal = { readonly code: 'residency_method_closed' };

/** No account has shown this code today, or it was entered already. */
export type EnterVisitRefusal = { readonly code: 'residency_method_closed' | 'counter_code_unknown' };

export type ConfirmVisitRefusal =
	/** One's own entry or account, or the entry of somebody who is no official any more. */
	ConfirmResidencyRefusal | { readonly code: 'counter_visit_over' | 'counter_need_two' };

export type CancelVisitRefusal = { readonly code: 'counter_visit_over' };

export type WithdrawCodesRefusal = { readonly code: 'codes_unknown' | 'codes_withdrawn' };

export type RevokeRoleRefusal = { readonly code: 'role_own' | 'role_not_held' | 'role_own_lost' };

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
	| PasskeyRefusal['code']
	| BeginPasskeyRefusal['code']
	| 'passkey_name_missing'
	| 'passkey_name_too_long'
	| InviteRefusal['code']
	| AcceptInvitationRefusal['code']
	| RegisterInvitedRefusal['code']
	| WithdrawInvitationRefusal['code']
	| RevokeRoleRefusal['code']
	| ConfigureCityRefusal['code']
	| BatchSizeRefusal['code']
	| AskForCodesRefusal['code']
	| ReleaseCodesRefusal['code']
	| WithdrawCodesRefusal['code']
	| EnterVisitRefusal['code']
	| ConfirmVisitRefusal['code']
	| 'consent_missing'
	| 'session_unknown'
	| 'city_missing'
	| 'moving_missing'
	| 'age_band_unknown';
