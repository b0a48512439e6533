import {
  RecordBatch,
  Schema,
  Struct,
  type Table,
  Table as ArrowTable,
  makeData,
  tableToIPC,
} from 'apache-arrow';

import { Int64 } from './driver-modules.ts';

/** Eight bytes that end every stream. */
const endBytes = 8;

/** A table's schema and its rows in pages, as the protocol carries Arrow. */
export function arrowPages(
  table: Table,
  pageRows: number,
): { readonly arrowSchema: Buffer; readonly pages: object[] } {
  const arrowSchema = messages(new ArrowTable(table.schema));
  const pages: object[] = [];
  for (let from = 0; from < table.numRows; from += pageRows) {
    const slice = table.slice(from, from + pageRows);
    const stream = messages(compact(slice));
    const batch = stream.subarray(arrowSchema.length);
    pages.push({ arrowBatches: [{ batch, rowCount: new Int64(slice.numRows) }] });
  }
  return { arrowSchema, pages };
}

function messages(table: Table): Buffer {
  return Buffer.from(tableToIPC(table, 'stream')).subarray(0, -endBytes);
}

/** One record batch, whatever the table was sliced from. */
function compact(table: Table): Table {
  const { schema } = table;
  const children = schema.fields.map((_, index) => table.getChildAt(index)!.memoize().data[0]!);
  const data = makeData({ type: new Struct(schema.fields), length: table.numRows, children });
  return new ArrowTable([new RecordBatch(new Schema(schema.fields), data)]);
}
