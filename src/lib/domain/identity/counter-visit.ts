/** Hours for which a code for the counter works, and for which what was entered waits for a second official. */
export const VISIT_HOURS = 24;
