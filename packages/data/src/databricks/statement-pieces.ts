import { setTimeout as wait } from 'node:timers/promises';
import type * as arrowTypes from 'apache-arrow';
import type { loadArrow } from '../arrow/load-arrow.ts';
import type { RowPiece } from '../cell-collector.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { SqlCell } from './cell-column.ts';
import type { Statement, Warehouse } from './open-statement.ts';
import { linkedRows } from './linked-rows.ts';
import {
  type ArrowAnswer,
  type ArrowHandler,
  type RowSet,
  type RowSetProvider,
  rawResult,
  rawValues,
  withSource,
} from './raw-result.ts';
import { checkedRowSets } from './row-sets.ts';
import { RowsSkippedError } from './rows-skipped-error.ts';
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
 * which is many times as fast; else as objects. A fetch that the server turned away is tried again, as
 * the number of the next row tells whether it has gone on all the same; not so with objects, which have
 * none. After a fetch that broke off nobody knows which rows come next, so that it ends the pass.
 */
export async function* statementPieces(
  statement: Statement,
  options: PiecesOptions,
): AsyncGenerator<StatementPiece> {
  let firstRow = 0;
  for await (const { pieces, rowCount } of answers(statement, options)) {
    const endRow = firstRow + rowCount;
    try {
      for (const piece of pieces) {
        yield { ...piece, firstRow };
        firstRow += piece.rowCount;
      }
    } catch (cause) {
      throw new RowsSkippedError(firstRow, 'what cannot be read', { cause });
    }
    if (firstRow < endRow) throw new RowsSkippedError(firstRow, 'less than it says');
  }
}

interface Answer {
  readonly pieces: Iterable<Rows>;
  /** Rows that it should have. */
  readonly rowCount: number;
}

async function* answers(
  { operation, columns }: Statement,
  options: PiecesOptions,
): AsyncGenerator<Answer> {
  const { arrow, subject, signal, warehouse } = options;
  const limit = warehouse.fetchRows ?? 50_000;
  const fetch = <T>(work: () => Promise<T>) => patiently(work, options);
  const waitFor = <T>(work: Promise<T>) => untilAborted(work, signal);
  const raw = await fetch(() => rawResult(operation));
  if (raw?.format === 'columns') {
    const source = checkedRowSets(raw.provider);
    while (await fetch(() => source.hasMore())) {
      const answer = await fetch(() => source.fetchNext({ limit }));
      if (answer !== undefined)
        yield { pieces: columnsPieces(answer, columns.length), rowCount: 0 };
    }
  } else if (raw !== undefined && arrow !== undefined) {
    const { maxAttempts } = warehouse.workspace;
    const pause = (failures: number, retryAfter: string | null) =>
      waitToRetry(failures, retryAfter, options);
    const linked = { subject, limit, maxAttempts, waitFor, pause };
    const found =
      raw.format === 'links'
        ? linkedRows({ ...raw, format: raw.format }, linked)
        : inlineRows(raw.handler, raw.provider, { limit, fetch });
    for await (const answer of found) {
      yield { pieces: arrowPieces(arrow, answer, columns.length), rowCount: answer.rowCount };
    }
  } else {
    do {
      const rows = await waitFor(operation.fetchChunk({ maxRows: limit }));
      const named = rows as readonly { readonly [name: string]: SqlCell }[];
      const cell = (column: number, row: number) => named[row]![columns[column]!.name];
      const { length: rowCount } = rows;
      yield { pieces: [{ rowCount, cell }], rowCount };
    } while (await fetch(() => operation.hasMoreRows()));
  }
}

/** Rows that the warehouse sends itself. */
async function* inlineRows(
  handler: ArrowHandler,
  provider: RowSetProvider,
  {
    limit,
    fetch,
  }: { readonly limit: number; readonly fetch: <T>(work: () => Promise<T>) => Promise<T> },
): AsyncGenerator<ArrowAnswer> {
  const checked = withSource(handler, checkedRowSets(provider));
  while (await fetch(() => checked.hasMore()))
    yield await fetch(() => checked.fetchNext({ limit }));
}

/** Try again what the server turned away. */
async function patiently<T>(work: () => Promise<T>, options: PiecesOptions): Promise<T> {
  const { signal, subject, warehouse } = options;
  const { maxAttempts } = warehouse.workspace;
  for (let failures = 1; ; failures++) {
    try {
      return await untilAborted(work(), signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      const { kind, retryAfter } = sqlFailure(thrown, subject);
      if (kind !== 'turned_away' || failures >= maxAttempts) throw thrown;
      await waitToRetry(failures, retryAfter, options);
    }
  }
}

async function waitToRetry(
  failures: number,
  retryAfter: string | null,
  { signal, warehouse }: PiecesOptions,
): Promise<void> {
  const delayMs = retryDelayMs(failures, { header: retryAfter, now: warehouse.workspace.now() });
  await wait(delayMs, undefined, { ...(signal && { signal }) });
}

function* arrowPieces(
  arrow: Arrow,
  { batches, rowCount }: ArrowAnswer,
  columnCount: number,
): Generator<Rows> {
  let remaining = rowCount;
  if (batches.length === 0) return;
  for (const batch of arrow.RecordBatchReader.from(batches)) {
    checkColumnCount(batch.numCols, columnCount);
    const taken = Math.min(batch.numRows, remaining);
    remaining -= taken;
    if (taken > 0) yield { batch, rowCount: taken };
  }
}

function* columnsPieces({ columns }: RowSet, columnCount: number): Generator<Rows> {
  const lists = (columns ?? []).map(rawValues);
  const rowCount = lists[0]?.values.length ?? 0;
  if (rowCount === 0) return;
  checkColumnCount(lists.length, columnCount);
  if (lists.some(({ values }) => values.length !== rowCount)) throw new Error('columns differ');
  const cell = (column: number, row: number): SqlCell => {
    const { values, nulls } = lists[column]!;
    const isNull = nulls !== undefined && ((nulls[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
    return isNull ? null : values[row];
  };
  yield { rowCount, cell };
}

function checkColumnCount(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} columns instead of ${expected}`);
}
