/** For how many days the link of an invitation works; the mail says so. */
export const INVITATION_DAYS = 7;

/** After that many days more the invitation is deleted, and the address in it; the audit log keeps that there was one. */
export const INVITATION_KEPT_DAYS = 30;
