/** Roles that are granted, by a row; residents and visitors need no grant. */
export type StaffRole = 'official' | 'moderator' | 'analyst' | 'administrator';

/** The ways to prove residency, the easiest first. */
export const RESIDENCY_METHODS = ['iin', 'oidc', 'code', 'counter'] as const;
export type ResidencyMethod = (typeof RESIDENCY_METHODS)[number];

/** Told by the resident if they like, never derived. */
export const AGE_BANDS = ['18-29', '30-44', '45-59', '60+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
