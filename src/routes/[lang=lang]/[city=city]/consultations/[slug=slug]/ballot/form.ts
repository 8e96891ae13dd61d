import { z } from 'zod';

const OPTIONS_MAX = 200;

/** Checkboxes send nothing, one value or many. */
const oneOrMany = (sent: unknown): unknown => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]);

/** Shape only: whether the options stand on this ballot, and how many may, is for the rules of its method to say. */
export const ballotForm = z.object({
	option: z.preprocess(oneOrMany, z.array(z.string()).max(OPTIONS_MAX)),
	blank: z.string().optional(),
	submissionId: z.string().default(''),
});
