import { answerExport } from '../answer-export.ts';
import type { RequestHandler } from './$types';

/** Every version of every budget with its source. */
export const GET: RequestHandler = (event) => answerExport(event, 'budgets', event.params.format);
