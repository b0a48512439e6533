import { type Column, type Table, sliceRows } from '@gnu-mlops/core';
import { FileChangedError } from '../errors.ts';
import { FileDamagedError } from '../format-errors.ts';
import { type ColumnChunk, type ColumnChunkBuilder, createColumnChunk } from './column-chunk.ts';
import { extendFooter } from './extend-footer.ts';
import type { ParquetFooter } from './parquet-footer.ts';
import { parquetTail } from './parquet-tail.ts';

/** Writes columns behind the row groups of a Parquet file, and a footer that knows both. */
export interface AddedColumnWriter {
  /** Take the added cells of the next rows; the same columns every time. */
  append(added: Table): Promise<void>;
  /** Write the footer. @throws {FileChangedError} unless as many rows came as the file has; {FileDamagedError} */
  finish(): Promise<void>;
}

/** The most rows of a page. */
const pageRows = 20_000;

/**
 * Start behind the file's own bytes. The pages of a row group are held in memory, compressed, until
 * all its rows have come.
 */
export function createAddedColumnWriter(
  path: string,
  footer: ParquetFooter,
  write: (bytes: Uint8Array) => Promise<void>,
): AddedColumnWriter {
  const { groupRows } = footer;
  const groups: ColumnChunk[][] = [];
  let columns: { name: string; kind: Column['kind'] }[] = [];
  let builders: ColumnChunkBuilder[] = [];
  let offset = footer.dataBytes;
  let rowsInGroup = 0;

  function startGroup(): void {
    rowsInGroup = 0;
    builders = columns.map(({ name, kind }) => createColumnChunk(name, kind));
  }
  async function endFullGroups(): Promise<void> {
    while (groups.length < groupRows.length && rowsInGroup === groupRows[groups.length]) {
      const chunks: ColumnChunk[] = [];
      for (const builder of builders) {
        const { chunk, bytes } = await builder.finish(offset);
        await write(bytes);
        offset += bytes.length;
        chunks.push(chunk);
      }
      groups.push(chunks);
      startGroup();
    }
  }
  function extendedFooter(): Uint8Array {
    try {
      return extendFooter(footer, { columns, groups });
    } catch (error) {
      throw error instanceof RangeError ? new FileDamagedError(path, 'Parquet', error) : error;
    }
  }
  return {
    async append(added) {
      if (columns.length === 0) {
        columns = Array.from(added.columns, ([name, { kind }]) => ({ name, kind }));
        startGroup();
      }
      await endFullGroups();
      for (let from = 0; from < added.rowCount;) {
        const rowsLeft = (groupRows[groups.length] ?? 0) - rowsInGroup;
        if (rowsLeft === 0) throw new FileChangedError(path);
        const to = Math.min(from + rowsLeft, from + pageRows, added.rowCount);
        const parts = [...sliceRows(added, from, to).columns.values()];
        await Promise.all(parts.map((part, index) => builders[index]!.append(part)));
        rowsInGroup += to - from;
        from = to;
        await endFullGroups();
      }
    },
    async finish() {
      if (groups.length < groupRows.length) throw new FileChangedError(path);
      await write(parquetTail(extendedFooter()));
    },
  };
}
