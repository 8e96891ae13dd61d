export { authorise, type Permit } from './authorise.ts';
export { deviceAnswer } from './device-answer.ts';
export { findMyCity, forgetMyCity, keepMyCity } from './my-city.ts';
export { networkOf } from './network-of.ts';
export { BodyTooLarge, passOver, readBytes, withinBodyLimit } from './body-limit.ts';
export { boundaryOf, BrokenUpload, readParts, readShort } from './multipart.ts';
export { isFromOurPages, ownAddress } from './origin.ts';
export { parsedBy } from './parsed-by.ts';
export { preferredLanguage } from './preferred-language.ts';
export { problem } from './problem.ts';
export { protect, protectFiles } from './protect.ts';
export {
	deletePassedLimits,
	failTooMany,
	forgive,
	limit,
	limitAll,
	type LimitName,
	type TooMany,
} from './rate-limit.ts';
export { readCursor } from './read-cursor.ts';
export { readForm, type FieldError, type FormErrors, type FormRead, type FormValues } from './read-form.ts';
export { safePath } from './safe-path.ts';
export { shareRenderings } from './share-renderings.ts';
export { admitSome } from './shed-load.ts';
