import { thrift as driver } from '@databricks/sql';
import {
  RecordBatch,
  Schema,
  Struct,
  type Table,
  Table as ArrowTable,
  makeData,
  tableToIPC,
} from 'apache-arrow';

import { Int64, packLz4 } from './driver-modules.ts';
import type { DoubleResult, WarehouseDouble } from './warehouse-double.ts';

const types = driver.TCLIService_types;

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

/** The same rows, each batch packed. */
export function packPages(result: DoubleResult): DoubleResult {
  const pages = (result.pages as readonly ArrowPage[]).map(({ arrowBatches }) => ({
    arrowBatches: arrowBatches.map(({ batch, ...rest }) => ({ ...rest, batch: packLz4(batch) })),
  }));
  return { ...result, pages, isPacked: true };
}

interface ArrowPage {
  readonly arrowBatches: readonly { readonly batch: Buffer; readonly rowCount: object }[];
}

/**
 * The same rows as files in the cloud's storage, one a page, and links to them.
 *
 * @param expiryTime milliseconds since the epoch.
 */
export function linkPages(
  result: DoubleResult,
  { host, stored }: Pick<WarehouseDouble, 'host' | 'stored'>,
  expiryTime = Date.now() + 60_000,
): DoubleResult {
  const pages = (result.pages as readonly ArrowPage[]).map(({ arrowBatches }, index) => {
    const path = `/storage/${index}?signature=abc`;
    const file = Buffer.concat([
      ...[result.arrowSchema!, ...arrowBatches.map(({ batch }) => batch)],
      Buffer.from('ffffffff00000000', 'hex'),
    ]);
    stored.set(path, result.isPacked ? packLz4(file) : file);
    const link = {
      fileLink: `${host}${path}`,
      expiryTime: new Int64(expiryTime),
      startRowOffset: new Int64(0),
      rowCount: arrowBatches[0]!.rowCount,
      bytesNum: new Int64(file.length),
      httpHeaders: { 'x-wanted': 'by the storage' },
    };
    return { resultLinks: [new types.TSparkArrowResultLink(link as never)] };
  });
  return { ...result, format: 'URL_BASED_SET', pages };
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
