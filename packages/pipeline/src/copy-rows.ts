import { type ColumnSpec, type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { type TableSource, type TableStream, inferColumns } from '@gnu-mlops/data';
import { checkCancelled } from './check-cancelled.ts';
import { openPlainSource } from './open-plain-source.ts';
import { type TableOutput, openOutput } from './table-output.ts';
import type { FileSource, OpenedSource } from './training-source.ts';

/** Rows to write as they are, and where to. */
export interface CopyRequest {
  readonly source: FileSource | OpenedSource;
  readonly output: TableOutput;
}

/** What surrounds the reading of rows. */
export interface ReadingContext {
  readonly signal?: AbortSignal | undefined;
}

/** What was copied. */
export interface CopiedRows {
  readonly rowCount: number;
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** Rows of the source that were left out because the caller asked for it. */
  readonly skippedRowCount: number;
}

const batchRows = 10_000;

/**
 * Write the rows of a source as a table, in their order and whatever their number. What declares its
 * types, such as a query, is read once; anything else once more before, to find them out.
 *
 * @throws what reading and writing throw; nothing is written then.
 */
export async function copyRows(
  { source: from, output }: CopyRequest,
  { signal }: ReadingContext = {},
): Promise<CopiedRows> {
  const { stream, signature } = await openRows(openPlainSource(from), from, signal);
  const writer = await openOutput(output).catch(async (error: unknown) => {
    await stream.close();
    throw error;
  });
  let rowCount = 0;
  let columns: readonly string[] | undefined;
  try {
    for await (const { table } of stream) {
      checkCancelled(signal);
      await writer.write(table);
      rowCount += table.rowCount;
      columns = [...table.columns.keys()];
    }
    checkCancelled(signal);
    if (columns === undefined) {
      await writer.write(noRows(signature));
      columns = signature.map(({ name }) => name);
    }
    await writer.commit();
  } finally {
    await writer.abort();
  }
  return { rowCount, columns, skippedRowCount: stream.skippedRows.count };
}

/** The rows, and the columns where the stream of no rows would not tell them. */
async function openRows(
  source: TableSource,
  { columnTypes }: Pick<OpenedSource, 'columnTypes'>,
  signal: AbortSignal | undefined,
): Promise<{ readonly stream: TableStream; readonly signature: readonly ColumnSpec[] }> {
  if (source.openDeclared !== undefined) {
    const stream = await source.openDeclared({ columnTypes, batchRows, signal });
    return { stream, signature: [] };
  }
  const { signature } = await inferColumns(source, { columnTypes, signal });
  return { stream: await source.open({ signature, batchRows, signal }), signature };
}

function noRows(signature: readonly ColumnSpec[]): Table {
  return createTable(
    signature.map((spec) => [spec.name, createColumnBuilder(spec).finish()] as const),
    0,
  );
}
