import { openCsvStream } from '../open-csv.ts';
import { quoteCsvField } from '../format-csv.ts';
import { delimiterOfName } from '../table-format.ts';
import { createRowExtender } from './extend-rows.ts';
import { createKeptRows } from './kept-rows.ts';
import { packingWrite } from './packing-write.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

const byteOrderMark = '\ufeff';

/** CSV: each row's own bytes, then the added cells. */
export async function extendCsv(
  path: string,
  target: ExtensionTarget,
  { signature, batchRows, decimals, signal }: ExtendOptions,
): Promise<TableExtension> {
  const delimiterSaid = delimiterOfName(path);
  const options = {
    ...{ signature, batchRows, signal },
    ...(delimiterSaid !== undefined && { delimiter: delimiterSaid }),
  };
  const csv = await openCsvStream(path, options, 'reused');
  const { delimiter, lineEnding } = csv;
  const quoteText = (text: string) => quoteCsvField(text, delimiter);
  const output = packingWrite(path, target);
  const kept = createKeptRows();
  const extendRows = createRowExtender({
    ...{ decimals, quoteText, missing: '', behind: lineEnding },
    before: () => delimiter,
  });
  let hasHeader = false;

  async function writeHeader(names: Iterable<string>): Promise<void> {
    hasHeader = true;
    const added = Array.from(names, (name) => delimiter + quoteText(name)).join('');
    const mark = csv.hasMark ? byteOrderMark : '';
    const header = [Buffer.from(mark), csv.headerBytes, Buffer.from(added + lineEnding)];
    await output.write(Buffer.concat(header));
  }
  return {
    header: csv.header,
    async *[Symbol.asyncIterator]() {
      for await (const chunk of csv) {
        kept.push(chunk.rowBytes);
        yield chunk;
      }
    },
    async write(added) {
      if (!hasHeader) await writeHeader(added.columns.keys());
      const rows = kept.shift();
      if (rows === undefined) return;
      await output.write(extendRows(rows, added));
    },
    finish: output.finish,
    close: async () => {
      await csv.close();
      await output.abort();
    },
  };
}
