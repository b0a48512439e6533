import { type JsonObject, type Table, isGnuMlopsError } from '@gnu-mlops/core';
import { fileSource } from '@gnu-mlops/data';
import type { OpenedSource, PlainSource, TrainingSource } from './training-source.ts';

/** Rows that were read, and where they really come from. */
export interface TrainingRows {
  readonly table: Table;
  readonly name: string;
  /** Where the rows come from: a path or a URI. */
  readonly uri: string;
  /** In MLflow's words: `local`, `s3`, `code`, ... */
  readonly sourceType: string;
  /** What MLflow keeps of the source besides its type. */
  readonly sourceDetails: JsonObject;
  /** As the tag `gnu_mlops.data_source` says it. */
  readonly dataSource: string;
  /** Ragged rows of a file that were left out because the caller asked for it. */
  readonly skippedRowCount: number;
  /** There where another source than the wanted one was used. */
  readonly fallback?: UsedFallback;
}

/** Why rows come from another source than the wanted one. */
export interface UsedFallback {
  /** The source that was wanted. */
  readonly wanted: { readonly dataSource: string; readonly uri: string };
  /** What kept it from being read. */
  readonly error: { readonly code: string; readonly message: string };
}

/** What surrounds the reading of rows. */
export interface ReadContext {
  readonly signal?: AbortSignal;
  /** Told when another source than the wanted one is used, before it is read. */
  readonly onFallback?: (fallback: UsedFallback) => void;
}

/** That a source is out of reach, not that its rows are bad or what is asked of it is wrong. */
const outOfReach = /^DATA_(S3|DATABRICKS)_(UNAVAILABLE|FORBIDDEN|NOT_FOUND|REGION)$/;

/**
 * Read a source. Another one is read in its place only where the caller names it, and only when the
 * first is out of reach; the result says so.
 */
export async function readTrainingSource(
  source: TrainingSource,
  context: ReadContext = {},
): Promise<TrainingRows> {
  if (!('fallback' in source)) return readPlain(source, context);
  try {
    return await readPlain(source.source, context);
  } catch (error) {
    if (!isGnuMlopsError(error) || !outOfReach.test(error.code)) throw error;
    const fallback = {
      wanted: describeWanted(source.source),
      error: { code: error.code, message: error.message },
    };
    context.onFallback?.(fallback);
    return { ...(await readPlain(source.fallback, context)), fallback };
  }
}

function describeWanted({ from, dataSource }: OpenedSource): UsedFallback['wanted'] {
  return { dataSource: formatDataSource(dataSource), uri: from.uri };
}

/** The kinds of places that rows come from, each once. */
function formatDataSource(kinds: OpenedSource['dataSource'] = 'local'): string {
  return [...new Set([kinds].flat())].sort().join(',');
}

async function readPlain(source: PlainSource, { signal }: ReadContext): Promise<TrainingRows> {
  if ('table' in source) {
    const { table, name, uri = 'memory', dataSource = 'memory' } = source;
    const common = { sourceType: 'local', sourceDetails: { uri }, skippedRowCount: 0 };
    return { table, name, uri, dataSource, ...common };
  }
  const from = 'from' in source ? source.from : fileSource(source.path, source);
  const { table, skippedRows } = await from.read({ columnTypes: source.columnTypes, signal });
  const { name, uri, sourceType, sourceDetails = { uri } } = from;
  const dataSource = formatDataSource(source.dataSource);
  const skippedRowCount = skippedRows.count;
  return { table, name, uri, sourceType, sourceDetails, dataSource, skippedRowCount };
}
