/** Roles that are granted, by a row; residents and visitors need no grant. */
export type StaffRole = 'official' | 'moderator' | 'analyst' | 'administrator';

export type ResidencyMethod = 'iin' | 'code';

/** Told by the resident if they like, never derived. */
export const AGE_BANDS = ['18-29', '30-44', '45-59', '60+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
