import type { SqlCell } from './cell-column.ts';
import type { Operation } from './open-statement.ts';

/** Where the driver takes rows from before it makes an object of each. */
export type RawResult =
  /** `links`: the rows lie in the cloud's storage, and the server says where. */
  | { readonly format: 'arrow' | 'links'; readonly source: RawSource<ArrowAnswer> }
  | { readonly format: 'columns'; readonly source: RawSource<ColumnsAnswer | undefined> };

/** One of the driver's result handlers. */
export interface RawSource<Answer> {
  hasMore(): Promise<boolean>;
  fetchNext(options: {
    readonly limit: number;
    readonly disableBuffering?: boolean;
  }): Promise<Answer>;
}

/** An Arrow stream, of which the first `rowCount` rows count. */
export interface ArrowAnswer {
  readonly batches: readonly Uint8Array[];
  readonly rowCount: number;
}

/** Columns as the protocol has them. */
export interface ColumnsAnswer {
  readonly columns?: readonly RawColumn[] | null;
}

/** One list of values, under a name that tells their type; a bit of `nulls` is set where none is. */
export type RawColumn = {
  readonly [type: string]:
    { readonly values: readonly SqlCell[]; readonly nulls?: Uint8Array } | null | undefined;
};

/**
 * Find the handler that has the rows as they come over the wire. It stands behind private members of
 * the driver, which its next version may not have: then there is none, and rows come as objects.
 */
export async function rawResult(operation: Operation): Promise<RawResult | undefined> {
  try {
    const { resultFormat } = await operation.getResultMetadata();
    const slicer = await (operation as unknown as RawOperation).getResultHandler();
    const source = slicer.source.source;
    if (typeof source.hasMore !== 'function' || typeof source.fetchNext !== 'function') {
      return undefined;
    }
    if (String(resultFormat) === 'COLUMN_BASED') {
      return { format: 'columns', source: source as RawSource<ColumnsAnswer | undefined> };
    }
    const format = String(resultFormat) === 'URL_BASED' ? 'links' : 'arrow';
    return { format, source: source as RawSource<ArrowAnswer> };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

interface RawOperation {
  getResultHandler(): Promise<{
    readonly source: { readonly source: Partial<RawSource<unknown>> };
  }>;
}
