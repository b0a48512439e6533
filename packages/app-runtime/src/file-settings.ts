import type { Config } from '@gnu-mlops/core/config';
import type { FileSource } from '@gnu-mlops/pipeline';

/** How the configured files are read, and others that are like them. */
export function fileSettings({ data }: Config): Omit<FileSource, 'path'> {
  return { ...fileOptions(data), ...columnTypes(data) };
}

/** How their bytes are read. */
export function fileOptions(data: Config['data']): Omit<FileSource, 'path' | 'columnTypes'> {
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
}: Config['data']): Pick<FileSource, 'memoryLimitBytes'> {
  return memory_limit_mb === undefined ? {} : { memoryLimitBytes: memory_limit_mb * 2 ** 20 };
}

/** What their columns are, where that is not found out. */
export function columnTypes(data: Config['data']): Pick<FileSource, 'columnTypes'> {
  return data.column_types === undefined ? {} : { columnTypes: data.column_types };
}
