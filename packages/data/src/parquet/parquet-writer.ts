import { type Column, type Table, sliceRows } from '@gnu-mlops/core';
import type { ByteSink } from '../byte-source.ts';
import { concatTables } from '../concat-tables.ts';
import type { TableWriter } from '../table-writer.ts';
import { type ColumnChunk, type ColumnChunkBuilder, createColumnChunk } from './column-chunk.ts';
import { type WrittenGroup, newFooter } from './new-footer.ts';
import { parquetTail } from './parquet-tail.ts';

/** The most rows of a row group; as many as DuckDB puts into one. */
const groupRows = 122_880;
/** What a row group may hold in memory before it ends with fewer rows. */
const groupBytes = 32 * 2 ** 20;
const pageRows = 20_000;
/** Tables with fewer rows wait until they are a page together. */
const fewestPageRows = 4096;

/**
 * Write Parquet to any sink, in memory that does not grow with the number of rows: numbers are DOUBLE,
 * whole numbers INT64, booleans BOOLEAN, strings UTF-8 (categories with a dictionary), times TIMESTAMP
 * in microseconds without a zone; a missing cell is null. Pages are packed with zstd.
 */
export function parquetWriter(sink: ByteSink): TableWriter {
  const groups: WrittenGroup[] = [];
  let columns: { name: string; kind: Column['kind'] }[] | undefined;
  let builders: ColumnChunkBuilder[] = [];
  let waiting: Table[] = [];
  let rowsWaiting = 0;
  let rowsInGroup = 0;
  let offset = 0;

  async function writeBytes(bytes: Uint8Array): Promise<void> {
    await sink.write(bytes);
    offset += bytes.length;
  }
  function startGroup(): void {
    rowsInGroup = 0;
    builders = columns!.map(({ name, kind }) => createColumnChunk(name, kind));
  }
  async function endGroup(): Promise<void> {
    const chunks: ColumnChunk[] = [];
    for (const builder of builders) {
      const { chunk, bytes } = await builder.finish(offset);
      await writeBytes(bytes);
      chunks.push(chunk);
    }
    groups.push({ rowCount: rowsInGroup, chunks });
    startGroup();
  }
  async function writeWaiting(): Promise<void> {
    const table = concatTables(waiting.map((part) => ({ name: 'a table', table: part })));
    waiting = [];
    rowsWaiting = 0;
    for (let from = 0; from < table.rowCount;) {
      const to = Math.min(from + pageRows, from + groupRows - rowsInGroup, table.rowCount);
      const parts = [...sliceRows(table, from, to).columns.values()];
      await Promise.all(parts.map((part, index) => builders[index]!.append(part)));
      rowsInGroup += to - from;
      from = to;
      const heldBytes = builders.reduce((sum, builder) => sum + builder.heldBytes(), 0);
      if (rowsInGroup === groupRows || heldBytes >= groupBytes) await endGroup();
    }
  }
  return {
    async write(table) {
      if (columns === undefined) {
        columns = Array.from(table.columns, ([name, { kind }]) => ({ name, kind }));
        startGroup();
        await writeBytes(Buffer.from('PAR1'));
      }
      if (table.rowCount === 0) return;
      waiting.push(table);
      rowsWaiting += table.rowCount;
      if (rowsWaiting >= fewestPageRows) await writeWaiting();
    },
    async commit() {
      await writeWaiting();
      if (rowsInGroup > 0) await endGroup();
      await sink.write(parquetTail(newFooter(columns ?? [], groups)));
      await sink.commit();
    },
    abort: () => sink.abort(),
  };
}
