import type { ResidencyMethod } from '#lib/domain/identity/words.ts';
import { proveByCode } from './code.ts';

/** One file a method; the type errors list what a new one still needs. */
export const RESIDENCY_PROVERS = { code: proveByCode } as const satisfies Readonly<
	Record<ResidencyMethod, unknown>
>;

/** What the resident hands in for a method. */
export type ProofOf<Method extends ResidencyMethod> = Parameters<
	(typeof RESIDENCY_PROVERS)[Method]
>[2]['proof'];
