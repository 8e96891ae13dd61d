export { publishRelease } from './publish-release.ts';
