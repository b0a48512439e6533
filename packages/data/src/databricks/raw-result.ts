import type { SqlCell } from './cell-column.ts';
import type { Operation } from './open-statement.ts';

/** Where the driver takes rows from before it makes an object of each. */
export type RawResult = {
  /** Fetches what the handler makes rows of. */
  readonly provider: RowSetProvider;
} & (
  | {
      /** `links`: the rows lie in the cloud's storage, and the server says where. */
      readonly format: 'arrow' | 'links';
      /** Makes Arrow of row sets: unpacks them, downloads what lies behind links. */
      readonly handler: ArrowHandler;
    }
  | { readonly format: 'columns' }
);

/** The driver's `RowSetProvider`. */
export interface RowSetProvider extends RowSetSource {
  readonly operationHandle: object;
  readonly context: {
    getDriver(): Promise<{ fetchResults(request: object): Promise<unknown> }>;
  };
  /** Check the status of an answer, and note whether more rows follow. */
  processFetchResponse(response: unknown): RowSet | undefined;
}

/** What a handler takes row sets from. */
export interface RowSetSource {
  hasMore(): Promise<boolean>;
  fetchNext(options: { readonly limit: number }): Promise<RowSet | undefined>;
}

/** Some rows of a result as the protocol has them; in one of three forms. */
export interface RowSet {
  /** The number of its first row, from 0. */
  readonly startRowOffset?: EightBytes | null;
  readonly columns?: readonly RawColumn[] | null;
  readonly arrowBatches?: readonly { readonly rowCount: EightBytes }[] | null;
  readonly resultLinks?: readonly ResultLink[] | null;
}

/** Where some rows lie in the cloud's storage. */
export interface ResultLink {
  /** The number of the first row, from 0. */
  readonly startRowOffset: EightBytes;
  readonly rowCount: EightBytes;
}

/** The driver's `node-int64`. */
export interface EightBytes {
  toNumber(allowImprecise: true): number;
}

/** The driver's `ArrowResultHandler` or `CloudFetchResultHandler`. */
export interface ArrowHandler {
  readonly source: RowSetSource;
  hasMore(): Promise<boolean>;
  fetchNext(options: { readonly limit: number }): Promise<ArrowAnswer>;
}

/** An Arrow stream, of which the first `rowCount` rows count. */
export interface ArrowAnswer {
  readonly batches: readonly Uint8Array[];
  readonly rowCount: number;
}

/** One list of values, under a name that tells their type; a bit of `nulls` is set where none is. */
export type RawColumn = {
  readonly [type: string]:
    { readonly values: readonly SqlCell[]; readonly nulls?: Uint8Array } | null | undefined;
};

/**
 * Find what has the rows as they come over the wire. It stands behind private members of the driver,
 * which its next version may not have: then there is none, and rows come as objects.
 */
export async function rawResult(operation: Operation): Promise<RawResult | undefined> {
  try {
    const { resultFormat } = await operation.getResultMetadata();
    const slicer = await (operation as unknown as RawOperation).getResultHandler();
    const handler = slicer.source.source;
    if (String(resultFormat) === 'COLUMN_BASED') {
      return isProvider(handler) ? { format: 'columns', provider: handler } : undefined;
    }
    const { source: provider, fetchNext } = handler as Partial<ArrowHandler>;
    if (typeof fetchNext !== 'function' || !isProvider(provider)) return undefined;
    const format = String(resultFormat) === 'URL_BASED' ? 'links' : 'arrow';
    return { format, provider, handler: handler as ArrowHandler };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A handler of its own, with nothing on its way, that takes row sets from `source`. */
export function withSource(handler: ArrowHandler, source: RowSetSource): ArrowHandler {
  const own = { source, pendingLinks: [], downloadTasks: [] };
  return Object.assign(Object.create(handler) as ArrowHandler, own);
}

/** The list of values that a column has. */
export function rawValues(column: RawColumn): NonNullable<RawColumn[string]> {
  return Object.values(column).find((list) => list != null) ?? { values: [] };
}

function isProvider(found: unknown): found is RowSetProvider {
  const { hasMore, fetchNext, processFetchResponse, context } = found as Partial<RowSetProvider>;
  return (
    [hasMore, fetchNext, processFetchResponse].every((each) => typeof each === 'function') &&
    typeof context?.getDriver === 'function'
  );
}

interface RawOperation {
  getResultHandler(): Promise<{ readonly source: { readonly source: unknown } }>;
}
