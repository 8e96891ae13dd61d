/**
 * How long a session lives: without use, and at most. Reasons and sources: docs/decisions/0018-session-limits.md. Staff,
 * who answer in a city's name, sign in for a working day.
 */
export const RESIDENT_IDLE_DAYS = 30;
export const RESIDENT_LIFE_DAYS = 180;
export const STAFF_IDLE_HOURS = 4;
export const STAFF_LIFE_HOURS = 12;

/** The last use is written down when the one before is older than this. */
export const LAST_USE_MINUTES = 60;
