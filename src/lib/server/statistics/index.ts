export { openExport, type ExportRequest } from './export/open-export.ts';
export { publishRelease } from './publish-release.ts';
export { readDays, readExportQuery, type ExportQuery, type QueryFault } from './query.ts';
export { readGrowth, type Growth } from './read-growth.ts';
export * from './reads.ts';
export { findRelease, type Release, type StatisticsFilter } from './release.ts';
