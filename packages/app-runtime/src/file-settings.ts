import type { Config } from '@gnu-mlops/core/config';
import type { FileSource } from '@gnu-mlops/pipeline';

/** What `data` of the configuration says about how files are read, or a caller in its words. */
export type FileWords = Pick<
  Config['data'],
  'format' | 'delimiter' | 'ragged_rows' | 'column_types' | 'memory_limit_mb'
>;

/** How files are read. */
export type FileSettings = Omit<FileSource, 'path' | 'dataSource'>;

/** How the configured files are read, and others that are like them. */
export function fileSettings(data: FileWords): FileSettings {
  return { ...fileOptions(data), ...columnTypes(data) };
}

/** How their bytes are read. */
export function fileOptions(data: FileWords): Omit<FileSettings, 'columnTypes'> {
  return {
    ...(data.ragged_rows === 'skip' && { onRaggedRow: data.ragged_rows }),
    ...(data.format !== undefined && { format: data.format }),
    ...(data.delimiter !== undefined && { delimiter: data.delimiter }),
    ...memoryLimit(data),
  };
}

/** How much memory a query may take. */
export function memoryLimit({
  memory_limit_mb,
}: FileWords): Pick<FileSettings, 'memoryLimitBytes'> {
  return memory_limit_mb === undefined ? {} : { memoryLimitBytes: memory_limit_mb * 2 ** 20 };
}

/** What their columns are, where that is not found out. */
export function columnTypes(data: FileWords): Pick<FileSettings, 'columnTypes'> {
  return data.column_types === undefined ? {} : { columnTypes: data.column_types };
}
