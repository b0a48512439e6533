import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from '@gnu-mlops/core/config';
import {
  databricksFileTableSource,
  databricksTableSource,
  isS3Uri,
  openDatabricksWorkspace,
  parseTableName,
  querySource,
  sampleSource,
} from '@gnu-mlops/data';
import type {
  FileSource,
  OpenedSource,
  PlainSource,
  SourceWithFallback,
  TrainingSource,
} from '@gnu-mlops/pipeline';
import { warehouseSettings, workspaceSettings } from './databricks-settings.ts';
import { SettingMissingError, SettingUnsupportedError } from './errors.ts';
import {
  type FileWords,
  columnTypes,
  fileOptions,
  fileSettings,
  memoryLimit,
} from './file-settings.ts';
import { s3Settings } from './s3-settings.ts';
import { s3Source } from './s3-source.ts';
import { isWorkspaceFile, workspaceTable } from './workspace-path.ts';

/** What surrounds a configured source. */
export interface SourceSurroundings {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  /** The only columns that are needed; left out: all. */
  readonly columns?: readonly string[];
}

/** What surrounds a source that somebody names. */
export interface GivenSurroundings extends Pick<SourceSurroundings, 'cwd'> {
  /** How files are read. */
  readonly reading?: FileWords;
  /** Where files of other machines are put that are not read as they arrive. Default: the system's. */
  readonly temporaryFolder?: string;
}

const FALLBACK_SAMPLE = { kind: 'churn', rows: 2000, seed: 42 } as const;

/**
 * The rows to train on as `data` names them: a file or what a query makes of some, objects of S3, or
 * a table, query or file of Databricks; with what stands in for the latter where `data.fallback` says
 * so.
 *
 * @throws {SettingMissingError} when nothing is named, or not where it is or who asks.
 */
export function configuredSource(config: Config, surroundings: SourceSurroundings): TrainingSource {
  const { data } = config;
  if (data.source === 'local') return localSource(config, surroundings);
  const source =
    data.source === 's3'
      ? configuredS3(config, surroundings)
      : configuredDatabricks(config, surroundings);
  if (data.fallback === undefined) return source;
  return { source, fallback: fallbackSource(config, surroundings) } satisfies SourceWithFallback;
}

/**
 * What somebody names instead of the configured source: a file; an object or a prefix of S3 by its URI;
 * a file or a folder of DBFS or of a volume (`dbfs:/path`, `dbfs:/Volumes/...`); a table of Databricks
 * (`databricks:catalog.schema.table`).
 *
 * @throws {SettingMissingError} where a workspace is not configured.
 */
export function givenSource(
  config: Pick<Config, 's3' | 'databricks'>,
  path: string,
  { cwd, reading = {}, temporaryFolder = tmpdir() }: GivenSurroundings,
): FileSource | OpenedSource {
  const options = { temporaryFolder, ...fileOptions(reading) };
  const types = columnTypes(reading);
  if (isS3Uri(path)) {
    return { from: s3Source(s3Settings(config), path, options), dataSource: 's3', ...types };
  }
  if (isWorkspaceFile(path)) {
    const workspace = openDatabricksWorkspace(workspaceSettings(config));
    const from = databricksFileTableSource(workspace, path, options);
    return { from, dataSource: 'databricks', ...types };
  }
  const name = workspaceTable(path);
  if (name === undefined) return { path: resolve(cwd, path), ...fileSettings(reading) };
  const table = parseTableName(name, config.databricks);
  const from = databricksTableSource(warehouseSettings(config), { table });
  return { from, dataSource: 'databricks', ...types };
}

function localSource(
  config: Pick<Config, 'data' | 's3' | 'databricks'>,
  { cwd }: SourceSurroundings,
): PlainSource {
  const { data } = config;
  // In Databricks' words where that is the source, and then nobody but a warehouse understands it.
  if (data.query !== undefined && data.source !== 'databricks') {
    return queryOver(config, data.query, { path: data.local_path, cwd });
  }
  if (data.local_path === undefined) {
    throw new SettingMissingError(
      'data.local_path',
      'without a file there is nothing to learn from',
      'Name a file, write it into the configuration, or set GNU_MLOPS_DATA_LOCAL_PATH.',
    );
  }
  return { path: resolve(cwd, data.local_path), ...fileSettings(data) };
}

/** What a query makes, on this machine, of the configured tables and of the source, which is `data`. */
function queryOver(
  config: Pick<Config, 'data' | 's3' | 'databricks'>,
  sql: string,
  { path, cwd }: { readonly path: string | undefined; readonly cwd: string },
): OpenedSource {
  const { data } = config;
  const named = { ...(path !== undefined && { data: path }), ...data.tables };
  if (Object.keys(named).length === 0) {
    throw new SettingMissingError(
      'data.tables',
      'the query has no table to read from',
      'Name a table and its file, or write them into the configuration.',
    );
  }
  const folder = temporaryFolder(data, cwd);
  const surroundings = { cwd, reading: data, temporaryFolder: folder };
  const sources = Object.entries(named).map(
    ([name, place]) => [name, givenSource(config, place, surroundings)] as const,
  );
  const tables = Object.fromEntries(
    sources.map(([name, source]) => [name, 'path' in source ? source.path : source.from]),
  );
  const dataSource = sources.flatMap(([, source]) => source.dataSource ?? 'local');
  const limits = { ...memoryLimit(data), spillFolder: folder };
  const files = fileOptions(data);
  return { from: querySource({ sql, tables, files, ...limits }), dataSource, ...columnTypes(data) };
}

function configuredS3(
  config: Pick<Config, 'data' | 's3' | 'databricks'>,
  { cwd }: SourceSurroundings,
): OpenedSource {
  const { data } = config;
  if (data.query !== undefined) {
    return queryOver(config, data.query, { path: data.s3_uri, cwd });
  }
  if (data.s3_uri === undefined) {
    throw new SettingMissingError(
      'data.s3_uri',
      'without an object there is nothing to learn from',
    );
  }
  const options = { ...fileOptions(data), temporaryFolder: temporaryFolder(data, cwd) };
  const from = s3Source(s3Settings(config), data.s3_uri, options);
  return { from, dataSource: 's3', ...columnTypes(data) };
}

function configuredDatabricks(
  config: Pick<Config, 'data' | 'databricks'>,
  { columns, cwd }: SourceSurroundings,
): OpenedSource {
  const { data, databricks } = config;
  const common = { dataSource: 'databricks', ...columnTypes(data) } as const;
  if (data.volume_path !== undefined) {
    if (data.query !== undefined) {
      throw new SettingUnsupportedError(
        'data.query',
        'is set beside data.volume_path, and one of them would go unheard. Take one out.',
      );
    }
    const workspace = openDatabricksWorkspace(workspaceSettings(config));
    const options = { ...fileOptions(data), temporaryFolder: temporaryFolder(data, cwd) };
    return { from: databricksFileTableSource(workspace, data.volume_path, options), ...common };
  }
  if (data.query !== undefined) {
    const from = databricksTableSource(warehouseSettings(config), { query: data.query });
    return { from, ...common };
  }
  if (data.table_name === undefined) {
    throw new SettingMissingError(
      'data.table_name',
      'without a table there is nothing to learn from',
    );
  }
  const table = parseTableName(data.table_name, databricks);
  const rows = { table, ...(columns && { columns }) };
  return { from: databricksTableSource(warehouseSettings(config), rows), ...common };
}

function fallbackSource(
  config: Pick<Config, 'data' | 's3' | 'databricks'>,
  surroundings: SourceSurroundings,
): PlainSource {
  if (config.data.fallback === 'local') return localSource(config, surroundings);
  return { from: sampleSource(FALLBACK_SAMPLE), dataSource: 'sample' };
}

function temporaryFolder({ temporary_folder }: Config['data'], cwd: string): string {
  return temporary_folder === undefined ? tmpdir() : resolve(cwd, temporary_folder);
}
