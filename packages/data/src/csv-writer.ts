import type { ByteSink } from './byte-source.ts';
import { formatCell } from './format-cell.ts';
import { formatCsvRow } from './format-csv.ts';
import type { TableWriter } from './table-writer.ts';

const flushedCharacters = 262_144;

/** CSV with a header: line feeds, cells quoted only where they must be, missing cells empty. */
export function csvWriter(sink: ByteSink, delimiter = ','): TableWriter {
  let hasHeader = false;
  return {
    async write(table) {
      const columns = [...table.columns.values()];
      let text = hasHeader ? '' : `${formatCsvRow([...table.columns.keys()], delimiter)}\n`;
      hasHeader = true;
      for (let row = 0; row < table.rowCount; row++) {
        const cells = columns.map((column) => formatCell(column, row));
        text += `${formatCsvRow(cells, delimiter)}\n`;
        if (text.length > flushedCharacters) {
          await sink.write(text);
          text = '';
        }
      }
      await sink.write(text);
    },
    commit: () => sink.commit(),
    abort: () => sink.abort(),
  };
}
