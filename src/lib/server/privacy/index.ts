export { DOWNLOADED, downloadOwnData, NOT_DOWNLOADED } from './download-own-data.ts';
