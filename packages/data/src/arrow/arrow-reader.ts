import type { ColumnSpec } from '@gnu-mlops/core';
import type { ByteSource } from '../byte-source.ts';
import { checkNamesDiffer } from '../check-names.ts';
import { type CellCollector, collectTables } from '../cell-collector.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { type ArrowCells, arrowColumn } from './arrow-column.ts';
import { type ArrowBatches, type ArrowPiece, openArrowBatches } from './open-arrow-batches.ts';

/**
 * Read Arrow IPC one record batch at a time.
 *
 * @throws {PackageMissingError}, {FileDamagedError}, {ColumnDuplicateError}, {ColumnNestedError},
 * {CellInvalidError}
 */
export async function openArrowReader(
  origin: string | ByteSource,
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const batches = await openArrowBatches(origin, signal);
  const source = typeof origin === 'string' ? origin : origin.name;
  const header = columnNames(batches);
  try {
    checkNamesDiffer(header, signature, source);
  } catch (error) {
    await batches.close();
    throw error;
  }
  return {
    header,
    readTables: (batchRows) =>
      collectTables(batches, batchRows, () => startArrowColumns(batches, source, signature)),
    close: batches.close,
  };
}

/** The names of all columns. An empty one has none, to the library. */
export function columnNames({ schema }: Pick<ArrowBatches, 'schema'>): string[] {
  return schema.fields.map((field) => (field.name as string | null) ?? '');
}

/** Start the columns of a signature, those of them that are there; all columns without one. */
export function startArrowColumns(
  batches: Pick<ArrowBatches, 'arrow' | 'schema'>,
  source: string,
  signature?: readonly ColumnSpec[],
): CellCollector<ArrowPiece>[] {
  const specOf = new Map(signature?.map((spec) => [spec.name, spec]));
  const { arrow, schema } = batches;
  const names = columnNames(batches);
  return schema.fields.flatMap(({ type }, index) => {
    const name = names[index]!;
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
