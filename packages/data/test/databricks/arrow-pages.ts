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
import type { DoublePage, DoubleResult, WarehouseDouble } from './warehouse-double.ts';

const types = driver.TCLIService_types;

/** Eight bytes that end every stream. */
const endBytes = 8;

/** A table's schema and its rows in pages, as the protocol carries Arrow. */
export function arrowPages(
  table: Table,
  pageRows: number,
): { readonly arrowSchema: Buffer; readonly pages: DoublePage[] } {
  const arrowSchema = messages(new ArrowTable(table.schema));
  const pages: DoublePage[] = [];
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
  const pages = result.pages.map(({ arrowBatches }) => ({
    arrowBatches: arrowBatches!.map(({ batch, ...rest }) => ({ ...rest, batch: packLz4(batch) })),
  }));
  return { ...result, pages, isPacked: true };
}

/**
 * The same rows as files in the cloud's storage, one a page, and links to them, which are made anew
 * each time they are fetched.
 *
 * @param expiryTime milliseconds since the epoch, when the link to a page is made for the n-th time.
 */
export function linkPages(
  result: DoubleResult,
  { host, stored }: Pick<WarehouseDouble, 'host' | 'stored'>,
  expiryTime: (page: number, count: number) => number = () => Date.now() + 60_000,
): DoubleResult {
  let firstRow = 0;
  const firstRows: number[] = [];
  const contents = result.pages.map(({ arrowBatches = [] }) => {
    firstRows.push(firstRow);
    firstRow += Number(arrowBatches[0]!.rowCount);
    const file = Buffer.concat([
      ...[result.arrowSchema!, ...arrowBatches.map(({ batch }) => batch)],
      Buffer.from('ffffffff00000000', 'hex'),
    ]);
    return result.isPacked ? packLz4(file) : file;
  });
  const counts = contents.map(() => 0);
  const remakePage = (index: number): DoublePage => {
    const count = ++counts[index]!;
    const path = `/storage/${index}?signature=hush-${count}`;
    stored.set(path, contents[index]!);
    const link = {
      fileLink: `${host}${path}`,
      expiryTime: new Int64(expiryTime(index, count)),
      startRowOffset: new Int64(firstRows[index]!),
      rowCount: result.pages[index]!.arrowBatches![0]!.rowCount,
      bytesNum: new Int64(contents[index]!.length),
      httpHeaders: { 'x-wanted': 'by the storage' },
    };
    return { resultLinks: [new types.TSparkArrowResultLink(link as never)] };
  };
  return { ...result, format: 'URL_BASED_SET', remakePage };
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
