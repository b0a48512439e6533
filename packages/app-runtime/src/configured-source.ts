import { resolve } from 'node:path';
import type { Config } from '@gnu-mlops/core/config';
import { querySource } from '@gnu-mlops/data';
import type { FileSource, OpenedSource } from '@gnu-mlops/pipeline';
import { SettingMissingError, SettingUnsupportedError } from './errors.ts';

/**
 * The rows to train on as `data` names them: what `data.query` makes of `data.tables`, or the file
 * `data.local_path`, which a query may use as the table `data`.
 *
 * @throws {SettingMissingError} when nothing is named.
 * @throws {SettingUnsupportedError} for a source that nothing here reads.
 */
export function configuredSource(
  { data }: Pick<Config, 'data'>,
  { cwd }: { readonly cwd: string },
): FileSource | OpenedSource {
  if (data.source !== 'local') {
    throw new SettingUnsupportedError(
      'data.source',
      `is ${data.source}, which nothing here reads. Set it to local, and data.local_path to a file.`,
    );
  }
  const types = data.column_types !== undefined && { columnTypes: data.column_types };
  const files = {
    ...(data.ragged_rows === 'skip' && { onRaggedRow: data.ragged_rows }),
    ...(data.format !== undefined && { format: data.format }),
    ...(data.delimiter !== undefined && { delimiter: data.delimiter }),
  };
  if (data.query !== undefined) {
    const named = {
      ...(data.local_path !== undefined && { data: data.local_path }),
      ...data.tables,
    };
    if (Object.keys(named).length === 0) {
      throw new SettingMissingError('data.tables', 'data.query has no table to read from');
    }
    const tables = Object.fromEntries(
      Object.entries(named).map(([name, path]) => [name, resolve(cwd, path)]),
    );
    return { from: querySource({ sql: data.query, tables, files }), ...types };
  }
  if (data.local_path === undefined) {
    throw new SettingMissingError(
      'data.local_path',
      'without a file there is nothing to learn from',
    );
  }
  return { path: resolve(cwd, data.local_path), ...files, ...types };
}
