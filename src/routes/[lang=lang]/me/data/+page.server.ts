import { authorise } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	authorise(event, 'account.manage', { cityId: null });
};
