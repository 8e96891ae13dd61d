export { findBallotPaper, findOwnBallot, makeSubmissionId, type BallotPaper } from './ballot-paper.ts';
export { castBallot, type Cast } from './cast-ballot.ts';
export { consultationText } from './consultation-text.ts';
export { createConsultation, type CreateRefusal } from './create-consultation.ts';
export { makeWrappedKey, openPseudonyms } from './keys.ts';
export { listOwnParticipations } from './own-data.ts';
export { redateConsultation } from './redate-consultation.ts';
export * from './reads.ts';
export * from './results.ts';
