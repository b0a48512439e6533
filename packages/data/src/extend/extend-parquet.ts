import { openByteReader, readPieces } from '../byte-reader.ts';
import { checkHeader, conformTable } from '../conform-table.ts';
import { openParquetReader } from '../duckdb/parquet-reader.ts';
import { FileChangedError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { type AddedColumnWriter, createAddedColumnWriter } from '../parquet/added-column-writer.ts';
import { type ParquetFooter, readParquetFooter } from '../parquet/parquet-footer.ts';
import { readAhead } from '../read-ahead.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

/**
 * Parquet: the file's own bytes, untouched, then the pages of the added columns, row group by row
 * group, and a footer that knows both. So the file's columns keep types, encodings and statistics
 * that no table has.
 */
export async function extendParquet(
  path: string,
  target: ExtensionTarget,
  { signature, batchRows, signal, ...limits }: ExtendOptions,
): Promise<TableExtension> {
  const fingerprint = await fingerprintOf(path);
  const reader = await openParquetReader(path, { signature, signal }, limits);
  let footer: ParquetFooter;
  try {
    checkHeader(reader.header, signature, path);
    footer = await readParquetFooter(path);
  } catch (error) {
    await reader.close();
    throw error;
  }
  let added: AddedColumnWriter | undefined;

  return {
    header: reader.header,
    async *[Symbol.asyncIterator]() {
      let firstRow = 0;
      for await (const table of readAhead(reader.readTables(batchRows))) {
        if (table.rowCount === 0) continue;
        yield { table: conformTable(table, signature, { source: path, firstRow }), firstRow };
        firstRow += table.rowCount;
      }
    },
    async write(table) {
      if (added === undefined) {
        await copyOwnBytes(path, footer.dataBytes, target);
        added = createAddedColumnWriter(path, footer, (bytes) => target.write(bytes));
      }
      await added.append(table);
    },
    async finish() {
      await added?.finish();
      // Rows, footer and bytes were read one after the other, each by the file's name.
      if ((await fingerprintOf(path)) !== fingerprint) throw new FileChangedError(path);
    },
    close: () => reader.close(),
  };
}

/** @throws DATA_FILE_NOT_FOUND and its kin. */
async function fingerprintOf(path: string): Promise<string> {
  try {
    const { fingerprint, close } = await openByteReader(path);
    await close();
    return fingerprint;
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** Everything before the footer. */
async function copyOwnBytes(path: string, count: number, target: ExtensionTarget): Promise<void> {
  const reader = await openByteReader(path);
  try {
    let left = count;
    for await (const piece of readPieces(reader, 1_048_576)) {
      await target.write(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
      if (left === 0) return;
    }
  } finally {
    await reader.close();
  }
}
