export { agreeAgain } from './agree-again.ts';
export { confirmNewEmail, findNewEmail, requestNewEmail, restoreEmail } from './change-email.ts';
export { changePassword } from './change-password.ts';
export { changeProfile, type Profile } from './change-profile.ts';
export { configureCity, type CitySettings } from './configure-city.ts';
export { confirmEmail, isOwnConfirmation, type Bearer, type Confirmed } from './confirm-email.ts';
export { codeOfStep, makeTotpSecret, sealTotpSecret, stepAt, type TotpSecret } from './totp-secret.ts';
export { cancelVisit } from './counter/cancel-visit.ts';
export { confirmVisit } from './counter/confirm-visit.ts';
export { enterVisit } from './counter/enter-visit.ts';
export { openVisit } from './counter/open-visit.ts';
export { listWaitingVisits, type WaitingVisit } from './counter/reads.ts';
export { askForCodes } from './codes/ask-for-codes.ts';
export { hasAnonymousCodes } from './codes/kind.ts';
export { findCodeBatch, listCodeBatches, type CodeBatch } from './codes/reads.ts';
export { releaseCodes } from './codes/release-codes.ts';
export { withdrawCodes } from './codes/withdraw-codes.ts';
export { confirmResidency, type ResidencyClaim } from './confirm-residency.ts';
export { deleteAccount } from './delete-account.ts';
export { deleteWhatHasExpired } from './delete-what-has-expired.ts';
export { findBrowserHash, markBrowser } from './demonstration-browser.ts';
export { DEMONSTRATION_STAFF_DOMAIN, findDemonstrationCode } from './demonstration-code.ts';
export { isDemonstration } from './demonstration-mark.ts';
export { beginSignIn, completeSignIn } from './begin-sign-in.ts';
export { beginHalfSignIn, findHalfSignIn, takeHalfSignIn } from './half-sign-in.ts';
export { addPasskey, beginPasskey } from './passkeys/add-passkey.ts';
export {
	findPasskey,
	listPasskeys,
	removePasskey,
	renamePasskey,
	type Passkey,
} from './passkeys/passkeys.ts';
export { relyingParty } from './passkeys/relying-party.ts';
export { beginPasskeySignIn, signInByPasskey } from './passkeys/sign-in-by-passkey.ts';
export { findKnownDevice, forgetDevice, rememberDevice } from './known-device.ts';
export { findLink, type LinkState } from './one-time-token.ts';
export {
	departForProvider,
	findSetback,
	keepSetback,
	returnFromProvider,
	takeJourney,
	type Errand,
	type Setback,
} from './oidc/journey.ts';
export { openIdentityProvider, type ProviderSettings } from './oidc/provider.ts';
export { hashPassword } from './password-hash.ts';
export { readOwnIdentity } from './own-data.ts';
export { markRegistration } from './own-registration.ts';
export { toIdentityKey, toPersonKey } from './person-key.ts';
export {
	findConfirmation,
	getOwnAccount,
	type Confirmation,
	type OwnAccount,
	type OwnResidency,
} from './reads.ts';
export { registerAccount, type Registration } from './register-account.ts';
export { resetSecondFactor } from './reset-second-factor.ts';
export { requestReset, resetPassword } from './reset-password.ts';
export { toSquareCode } from './square-code.ts';
export { resendConfirmation } from './resend-confirmation.ts';
export {
	hasResidentsList,
	listOpenMethods,
	listResidencyMethods,
	listUsableMethods,
} from './residency/methods.ts';
export { issueResidencyCodes, type ListedPerson } from './residency/issue-codes.ts';
export { importResidents, readResidentsList } from './residents/import-residents.ts';
export { replaceList } from './residents/replace-list.ts';
export {
	countListedResidents,
	findResidentsImport,
	listDistrictNames,
	listResidentsImports,
	listRowFaults,
	type ResidentsImport,
} from './residents/reads.ts';
export {
	beginTotp,
	confirmTotp,
	findBegunTotp,
	findSignInNeeds,
	getSecondFactor,
	proveSecondFactor,
	removeTotp,
	renewRecoveryCodes,
	type SecondFactor,
} from './second-factor.ts';
export {
	endAllSessions,
	endOneSession,
	endSession,
	findActor,
	listSessions,
	startSession,
	type CookieJar,
	type OwnSession,
} from './session.ts';
export { signIn } from './sign-in.ts';
export { acceptInvitation } from './staff/accept-invitation.ts';
export { invitationToken } from './staff/add-invitation.ts';
export { inviteAdministrator } from './staff/invite-administrator.ts';
export { inviteStaff, type Invitation } from './staff/invite-staff.ts';
export {
	countStaff,
	findInvitation,
	findStaffMember,
	listOpenInvitations,
	listStaff,
	type InvitationState,
	type OpenInvitation,
	type StaffMember,
} from './staff/reads.ts';
export { registerInvited } from './staff/register-invited.ts';
export { revokeRole } from './staff/revoke-role.ts';
export { withdrawInvitation } from './staff/withdraw-invitation.ts';
