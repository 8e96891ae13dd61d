import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ mailLeaves: locals.app.mailer !== null });
