export { authorise, type Permit } from './authorise.ts';
export { isFromOurPages, ownAddress } from './origin.ts';
export { preferredLanguage } from './preferred-language.ts';
export { protect } from './protect.ts';
export { readForm, type FieldError, type FormErrors, type FormRead, type FormValues } from './read-form.ts';
export { safePath } from './safe-path.ts';
