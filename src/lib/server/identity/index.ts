export { isDemonstration } from './demonstration-mark.ts';
