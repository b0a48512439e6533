import type { RecordBatch, RecordBatchReader, Schema } from 'apache-arrow';
import { type ColumnSpec, isGnuMlopsError } from '@gnu-mlops/core';
import { type ByteReader, openByteReader, readPieces } from '../byte-reader.ts';
import type { ByteSource } from '../byte-source.ts';
import { type CellCollector, type RowPiece, collectTables } from '../cell-collector.ts';
import { fileError } from '../file-error.ts';
import { FileDamagedError } from '../format-errors.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { type ArrowCells, arrowColumn } from './arrow-column.ts';
import { loadArrow } from './load-arrow.ts';

type Arrow = typeof import('apache-arrow');

/** A record batch, and the number of its first row, from 0. */
interface ArrowPiece extends RowPiece {
  readonly firstRow: number;
  readonly batch: RecordBatch;
}

/**
 * Read Arrow IPC, the stream format or the file format, told apart by their first bytes, one record
 * batch at a time.
 *
 * @throws {PackageMissingError}, {FileDamagedError}, {ColumnNestedError}, {CellInvalidError}
 */
export async function openArrowReader(
  origin: string | ByteSource,
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const arrow = await loadArrow('Reading Arrow');
  const source = typeof origin === 'string' ? origin : origin.name;
  let bytes: ByteReader | undefined;
  try {
    bytes = await openByteReader(origin, signal);
    const batches = await arrow.RecordBatchReader.from(readPieces(bytes)).then((reader) =>
      reader.open(),
    );
    const { schema } = batches;
    const close = bytes.close;
    return {
      header: schema.names.map(String),
      readTables: (batchRows) =>
        guard(
          collectTables(piecesOf(batches), batchRows, () =>
            startColumns(arrow, schema, { source, signature }),
          ),
          source,
        ),
      close,
    };
  } catch (error) {
    await bytes?.close();
    throw damage(error, source);
  }
}

async function* piecesOf(batches: RecordBatchReader): AsyncGenerator<ArrowPiece> {
  let firstRow = 0;
  for await (const batch of batches) {
    yield { batch, firstRow, rowCount: batch.numRows };
    firstRow += batch.numRows;
  }
}

function startColumns(
  arrow: Arrow,
  schema: Schema,
  { source, signature }: { source: string; signature: readonly ColumnSpec[] | undefined },
): CellCollector<ArrowPiece>[] {
  const specOf = new Map(signature?.map((spec) => [spec.name, spec]));
  return schema.fields.flatMap(({ name, type }, index) => {
    if (signature !== undefined && !specOf.has(name)) return [];
    const isText = specOf.get(name)?.type === 'string';
    const numbers = signature === undefined ? 'free' : isText ? 'text' : 'number';
    const parts: ArrowCells[] = [];
    return {
      name,
      append({ batch, firstRow }, from, to) {
        parts.push({ vector: batch.getChildAt(index)!, from, to, firstRow: firstRow + from });
      },
      finish: () => arrowColumn(arrow, type, parts, { source, name, numbers }),
    };
  });
}

async function* guard<T>(values: AsyncIterable<T>, source: string): AsyncGenerator<T> {
  try {
    yield* values;
  } catch (error) {
    throw damage(error, source);
  }
}

function damage(error: unknown, source: string): unknown {
  const known = fileError(error, source, 'read');
  const isOurs = isGnuMlopsError(known) || (known instanceof Error && known.name === 'AbortError');
  return isOurs ? known : new FileDamagedError(source, 'Arrow', error);
}
