import type { Config } from '@gnu-mlops/core/config';
import type { FileSource, OpenedSource } from '@gnu-mlops/pipeline';
import { configuredSource } from './configured-source.ts';
import type { FileWords } from './file-settings.ts';
import { SettingMissingError } from './errors.ts';

/** What a caller asks instead of the configured query. */
export interface QueryOverrides {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  /** In place of `data.query`; in DuckDB's SQL, on this machine. */
  readonly sql?: string | undefined;
  /** In place of `data.tables` and `data.local_path`: a table's name -> what `givenSource` takes. */
  readonly tables?: Readonly<Record<string, string>> | undefined;
  /** How the files are read, over what `data` says. */
  readonly reading?: FileWords | undefined;
}

/**
 * The rows that a query makes: the configured one, where it is configured to run, or another one over
 * named tables. Nothing stands in for a source that is out of reach.
 *
 * @throws {SettingMissingError} when there is no query, or no table that it could use.
 */
export function querySettings(
  config: Config,
  { cwd, sql, tables, reading }: QueryOverrides,
): FileSource | OpenedSource {
  const { local_path, tables: configured, column_types, ...rest } = config.data;
  const named =
    tables === undefined
      ? {
          ...(local_path !== undefined && { local_path }),
          ...(configured && { tables: configured }),
        }
      : { tables: { ...tables } };
  const query = sql ?? config.data.query;
  if (query === undefined) {
    throw new SettingMissingError(
      'data.query',
      'without a query there is nothing to ask',
      'Give a SELECT, or write one into the configuration.',
    );
  }
  const isElsewhere = sql === undefined && tables === undefined;
  const source = isElsewhere ? rest.source : 'local';
  // What columns are is said of those that the configured query makes.
  const types = sql === undefined && column_types !== undefined && { column_types };
  const data = { ...rest, ...named, ...types, query, source, ...reading };
  const asked = configuredSource({ ...config, data }, { cwd });
  return 'fallback' in asked ? asked.source : (asked as FileSource | OpenedSource);
}
