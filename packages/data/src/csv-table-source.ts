import type { ByteSource } from './byte-source.ts';
import type { CsvDialect } from './csv-source.ts';
import { inferCsvColumns } from './inference/infer-csv-columns.ts';
import { openCsvStream } from './open-csv.ts';
import { readCsv } from './read-csv.ts';
import { delimiterOfName } from './table-format.ts';
import type { TableSource } from './table-source.ts';

/** CSV as a table source; where the name ends in `.tsv` or `.tab`, a tab separates. */
export function csvTableSource(
  origin: string | ByteSource,
  about: Pick<TableSource, 'name' | 'uri' | 'sourceType'>,
  dialect: Pick<CsvDialect, 'delimiter' | 'onRaggedRow'>,
): TableSource {
  const { delimiter = delimiterOfName(about.uri), onRaggedRow } = dialect;
  const chosen = {
    ...(delimiter !== undefined && { delimiter }),
    ...(onRaggedRow !== undefined && { onRaggedRow }),
  };
  return {
    ...about,
    async read({ signature, columnTypes, signal } = {}) {
      const { table, skippedRows } = await readCsv(origin, {
        ...chosen,
        signal,
        ...(signature !== undefined && { signature }),
        ...(columnTypes !== undefined && { columnTypes }),
      });
      return { table, skippedRows };
    },
    inferColumns: (options = {}) => inferCsvColumns(origin, chosen, options),
    // A source's chunks are tables: their rows' bytes, which nobody sees, need no memory of their own.
    open: ({ signature, batchRows, signal }) =>
      openCsvStream(origin, { ...chosen, signature, batchRows, signal }, 'reused'),
  };
}
