import { sliceRows } from '@gnu-mlops/core';
import { readerSource } from '../reader-source.ts';
import type { TableSource } from '../table-source.ts';
import { type SampleOptions, createSampleTable } from './create-sample-table.ts';

/** A generated table as a source; nothing is generated before it is read. */
export function sampleSource(sample: SampleOptions): TableSource {
  const { kind, rows, seed } = sample;
  const uri = `sample:${kind}?rows=${rows}&seed=${seed}`;
  return readerSource({ name: `${kind} sample`, uri, sourceType: 'code' }, async () => {
    const { table } = createSampleTable(sample);
    return {
      header: [...table.columns.keys()],
      async *readTables(batchRows) {
        if (table.rowCount <= batchRows) return yield table;
        for (let from = 0; from < table.rowCount; from += batchRows) {
          yield sliceRows(table, from, from + batchRows);
        }
      },
      close: async () => {},
    };
  });
}
