/** Days after a move before the next one: nobody votes in one city, moves, votes in the other, and is back before the end. */
export const MOVING_PAUSE_DAYS = 30;
