import type { RecordBatch } from 'apache-arrow';
import type { ByteSink } from '../byte-source.ts';
import type { TableWriter } from '../table-writer.ts';
import { arrowBatch } from './arrow-batch.ts';
import { loadArrow } from './load-arrow.ts';

/**
 * Arrow IPC: numbers are Float64, whole numbers Int64, booleans Bool, strings Utf8, times Timestamp in
 * microseconds and UTC; a missing cell is null. `file` can be read from any place, `stream` from the
 * first byte on; every written table is a record batch.
 *
 * @throws {PackageMissingError}
 */
export async function openArrowWriter(
  sink: ByteSink,
  layout: 'file' | 'stream',
): Promise<TableWriter> {
  const arrow = await loadArrow('Writing Arrow');
  const Writer = layout === 'file' ? arrow.RecordBatchFileWriter : arrow.RecordBatchStreamWriter;
  const writer = new Writer();
  let failure: unknown;
  const drained = (async () => {
    for await (const piece of writer) await sink.write(piece as Uint8Array);
  })().catch((error: unknown) => {
    failure = error;
  });
  return {
    async write(table) {
      if (failure !== undefined) throw failure;
      writer.write(arrowBatch(arrow, table) as RecordBatch);
      // Lets the pieces go to the sink before more of them are made.
      await new Promise((resolve) => setImmediate(resolve));
    },
    async commit() {
      writer.finish();
      writer.close();
      await drained;
      if (failure !== undefined) throw failure;
      await sink.commit();
    },
    async abort() {
      if (!writer.closed) writer.abort();
      await sink.abort();
    },
  };
}
