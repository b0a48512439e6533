import { setTimeout as wait } from 'node:timers/promises';
import type * as arrowTypes from 'apache-arrow';
import type { loadArrow } from '../arrow/load-arrow.ts';
import type { RowPiece } from '../cell-collector.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { SqlCell } from './cell-column.ts';
import type { Statement, Warehouse } from './open-statement.ts';
import { type ArrowAnswer, type ColumnsAnswer, type RawColumn, rawResult } from './raw-result.ts';
import { sqlFailure } from './sql-failure.ts';
import { untilAborted } from './until-aborted.ts';

type Arrow = Awaited<ReturnType<typeof loadArrow>>;

/** Some rows of a result: still in Arrow, or as single cells. */
type Rows = RowPiece &
  (
    | { readonly batch: arrowTypes.RecordBatch }
    | { readonly cell: (column: number, row: number) => SqlCell }
  );

/** Some rows of a result, and the number of the first one, from 0. */
export type StatementPiece = Rows & { readonly firstRow: number };

/** How pieces are fetched. */
export interface PiecesOptions {
  readonly warehouse: Warehouse;
  /** apache-arrow, where it is installed. */
  readonly arrow: Arrow | undefined;
  readonly subject: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * The rows of a result. Where the driver lets us, they are taken before it makes an object of each,
 * which is many times as fast; else as objects. A fetch that the server turned away is tried again;
 * after one that broke off nobody knows which rows come next, so that it ends the pass. So does any
 * that fails where rows lie behind links, as the driver has put the failed link away by then.
 */
export async function* statementPieces(
  statement: Statement,
  options: PiecesOptions,
): AsyncGenerator<StatementPiece> {
  let firstRow = 0;
  for await (const pieces of answers(statement, options)) {
    for (const piece of pieces) {
      yield { ...piece, firstRow };
      firstRow += piece.rowCount;
    }
  }
}

async function* answers(
  statement: Statement,
  options: PiecesOptions,
): AsyncGenerator<Iterable<Rows>> {
  const { operation, columns } = statement;
  const { arrow } = options;
  const limit = options.warehouse.fetchRows ?? 50_000;
  const fetch = <T>(work: () => Promise<T>) => patiently(work, options);
  const raw = await fetch(() => rawResult(operation));
  const isLinked = raw?.format === 'links';
  const fetchOnce = <T>(work: () => Promise<T>) => untilAborted(work(), options.signal);
  const fetchRows = isLinked ? fetchOnce : fetch;
  if ((isLinked || raw?.format === 'arrow') && arrow !== undefined) {
    while (await fetch(() => raw.source.hasMore())) {
      const next = () => raw.source.fetchNext({ limit, disableBuffering: true });
      yield arrowPieces(arrow, await fetchRows(next));
    }
  } else if (raw?.format === 'columns') {
    while (await fetch(() => raw.source.hasMore())) {
      const answer = await fetch(() => raw.source.fetchNext({ limit }));
      if (answer !== undefined) yield [columnsPiece(answer)];
    }
  } else {
    do {
      const rows = await fetchRows(() => operation.fetchChunk({ maxRows: limit }));
      const named = rows as readonly { readonly [name: string]: SqlCell }[];
      const cell = (column: number, row: number) => named[row]![columns[column]!.name];
      yield [{ rowCount: rows.length, cell }];
    } while (await fetch(() => operation.hasMoreRows()));
  }
}

/** Try again what the server turned away. */
async function patiently<T>(work: () => Promise<T>, options: PiecesOptions): Promise<T> {
  const { signal, subject, warehouse } = options;
  const { maxAttempts, now } = warehouse.workspace;
  for (let failures = 1; ; failures++) {
    try {
      return await untilAborted(work(), signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      const { kind, retryAfter } = sqlFailure(thrown, subject);
      if (kind !== 'turned_away' || failures >= maxAttempts) throw thrown;
      const delayMs = retryDelayMs(failures, { header: retryAfter, now: now() });
      await wait(delayMs, undefined, { ...(signal && { signal }) });
    }
  }
}

function* arrowPieces(arrow: Arrow, { batches, rowCount }: ArrowAnswer): Generator<Rows> {
  let remaining = rowCount;
  if (batches.length === 0) return;
  for (const batch of arrow.RecordBatchReader.from(batches)) {
    const taken = Math.min(batch.numRows, remaining);
    remaining -= taken;
    if (taken > 0) yield { batch, rowCount: taken };
  }
}

function columnsPiece({ columns }: ColumnsAnswer): Rows {
  const lists = (columns ?? []).map(listOf);
  const cell = (column: number, row: number): SqlCell => {
    const { values, nulls } = lists[column]!;
    const isNull = nulls !== undefined && ((nulls[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
    return isNull ? null : values[row];
  };
  return { rowCount: lists[0]?.values.length ?? 0, cell };
}

function listOf(column: RawColumn): NonNullable<RawColumn[string]> {
  return Object.values(column).find((list) => list != null) ?? { values: [] };
}
