import { answerExport } from '../../answer-export.ts';
import type { RequestHandler } from './$types';

/** Participation, comments by line or votes by line of a release. */
export const GET: RequestHandler = (event) => answerExport(event, event.params.table, event.params.format);
