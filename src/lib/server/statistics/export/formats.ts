import type { ExportFormat } from '#lib/domain/participation/words.ts';
import { csvFormat } from './csv.ts';
import type { Format } from './format.ts';

export const FORMATS: Readonly<Record<ExportFormat, Format>> = {
	csv: csvFormat({ delimiter: ',', decimal: '.' }),
	'excel.csv': csvFormat({ delimiter: ';', decimal: ',' }),
};
