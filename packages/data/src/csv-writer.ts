import { type Table, sliceRows } from '@gnu-mlops/core';
import type { ByteSink } from './byte-source.ts';
import { createRowExtender } from './extend/extend-rows.ts';
import type { RowExtender } from './extend/row-frame.ts';
import { formatCsvRow, quoteCsvField } from './format-csv.ts';
import type { TableWriter } from './table-writer.ts';

/** So many rows are written at a time. */
const rowsAtOnce = 4096;

/** CSV with a header: line feeds, cells quoted only where they must be, missing cells empty. */
export function csvWriter(sink: ByteSink, delimiter = ','): TableWriter {
  let hasHeader = false;
  // Of a row's own there is nothing: all its cells are added.
  const places = new Int32Array(rowsAtOnce);
  const nothing = { bytes: Buffer.alloc(0), starts: places, ends: places };
  let extend: RowExtender | undefined;

  function startRows({ columns }: Table): RowExtender {
    // Readers pass over a row of nothing but one empty cell.
    const empty = columns.size === 1 ? '""' : '';
    return createRowExtender({
      decimals: undefined,
      quoteText: (text) => (text === '' ? empty : quoteCsvField(text, delimiter)),
      missing: empty,
      before: (_, index) => (index === 0 ? '' : delimiter),
      behind: '\n',
    });
  }
  return {
    async write(table) {
      if (!hasHeader) await sink.write(`${formatCsvRow([...table.columns.keys()], delimiter)}\n`);
      hasHeader = true;
      extend ??= startRows(table);
      for (let from = 0; from < table.rowCount; from += rowsAtOnce) {
        const rows = sliceRows(table, from, from + rowsAtOnce);
        // The extender's memory is used again, and the sink may hold on to what it is given.
        await sink.write(Buffer.from(extend({ ...nothing, rowCount: rows.rowCount }, rows)));
      }
    },
    commit: () => sink.commit(),
    abort: () => sink.abort(),
  };
}
