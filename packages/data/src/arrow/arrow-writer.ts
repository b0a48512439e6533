import type { ByteSink } from '../byte-source.ts';
import type { TableWriter } from '../table-writer.ts';
import { arrowBatch } from './arrow-batch.ts';
import { loadArrow } from './load-arrow.ts';
import { openArrowSink } from './open-arrow-sink.ts';

/**
 * Arrow IPC: numbers are Float64, whole numbers Int64, booleans Bool, strings Utf8, times Timestamp in
 * microseconds and UTC; a missing cell is null. Every written table is a record batch.
 *
 * @throws {PackageMissingError}
 */
export async function openArrowWriter(
  sink: ByteSink,
  layout: 'file' | 'stream',
): Promise<TableWriter> {
  const arrow = await loadArrow('Writing Arrow');
  const batches = openArrowSink(arrow, layout, (bytes) => sink.write(bytes));
  return {
    write: (table) => batches.write(arrowBatch(arrow, table)),
    async commit() {
      await batches.finish();
      await sink.commit();
    },
    async abort() {
      batches.abort();
      await sink.abort();
    },
  };
}
