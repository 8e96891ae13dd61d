import { EXPORT_FORMATS, type ExportFormat } from '#lib/domain/participation/words.ts';

export function match(param: string): param is ExportFormat {
	return (EXPORT_FORMATS as readonly string[]).includes(param);
}
