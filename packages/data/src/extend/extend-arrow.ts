import type { Data, RecordBatch } from 'apache-arrow';
import type { Table } from '@gnu-mlops/core';
import { arrowData } from '../arrow/arrow-batch.ts';
import { columnNames, startArrowColumns } from '../arrow/arrow-reader.ts';
import { type ArrowSink, openArrowSink } from '../arrow/open-arrow-sink.ts';
import { type ArrowBatches, openArrowBatches } from '../arrow/open-arrow-batches.ts';
import { finishTable } from '../cell-collector.ts';
import { checkNamesDiffer } from '../check-names.ts';
import { checkHeader, conformTable } from '../conform-table.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

/** Arrow IPC, in the layout that it has: each record batch with more columns. */
export async function extendArrow(
  path: string,
  target: ExtensionTarget,
  { signature, batchRows, signal }: ExtendOptions,
): Promise<TableExtension> {
  const batches = await openArrowBatches(path, signal);
  const header = columnNames(batches);
  const unwritten: RecordBatch[] = [];
  let sink: ArrowSink;
  try {
    checkHeader(header, signature, path);
    checkNamesDiffer(header, signature, path);
    sink = openArrowSink(batches.arrow, batches.layout, (piece) => target.write(piece));
  } catch (error) {
    await batches.close();
    throw error;
  }
  return {
    header,
    async *[Symbol.asyncIterator]() {
      for await (const { batch, firstRow: start, rowCount } of batches) {
        for (let from = 0; from < rowCount; from += batchRows) {
          const part = batch.slice(from, Math.min(rowCount, from + batchRows));
          unwritten.push(part);
          const firstRow = start + from;
          const columns = startArrowColumns(batches, path, signature);
          for (const column of columns) {
            column.append({ batch: part, firstRow, rowCount }, 0, part.numRows);
          }
          const table = finishTable(columns, part.numRows);
          yield { table: conformTable(table, signature, { source: path, firstRow }), firstRow };
        }
      }
    },
    async write(added) {
      await sink.write(extendBatch(batches, unwritten.shift(), added));
    },
    finish: () => sink.finish(),
    async close() {
      sink.abort();
      await batches.close();
    },
  };
}

/** Without a batch: one without rows, so that a file without rows has the added columns as well. */
function extendBatch(
  { arrow, schema }: ArrowBatches,
  batch: RecordBatch | undefined,
  added: Table,
): RecordBatch {
  const own = batch ?? new arrow.RecordBatch(schema, undefined);
  const fields = [...own.schema.fields];
  const children: Data[] = [...own.data.children];
  for (const [name, column] of added.columns) {
    const data = arrowData(arrow, column);
    fields.push(new arrow.Field(name, data.type, true));
    children.push(data);
  }
  const type = new arrow.Struct(fields);
  const length = own.numRows;
  const data = arrow.makeData({ type, length, nullCount: 0, children });
  return new arrow.RecordBatch(new arrow.Schema(fields, schema.metadata), data);
}
