import type * as Arrow from 'apache-arrow';
import type { RecordBatch } from 'apache-arrow';

/** Takes record batches and hands out the bytes of Arrow IPC. */
export interface ArrowSink {
  write(batch: RecordBatch): Promise<void>;
  /** Write the end, and wait until all bytes have been handed out. */
  finish(): Promise<void>;
  /** Harmless after `finish`. */
  abort(): void;
}

/** Start Arrow IPC in one of its layouts: `file` has an index at its end, `stream` has none. */
export function openArrowSink(
  arrow: typeof Arrow,
  layout: 'file' | 'stream',
  writeBytes: (bytes: Uint8Array) => Promise<void>,
): ArrowSink {
  const Writer = layout === 'file' ? arrow.RecordBatchFileWriter : arrow.RecordBatchStreamWriter;
  const writer = new Writer({ autoDestroy: false });
  let failure: unknown;
  let isFinished = false;
  const drained = (async () => {
    for await (const piece of writer) await writeBytes(piece as Uint8Array);
  })().catch((error: unknown) => {
    failure = error;
  });
  return {
    async write(batch) {
      if (failure !== undefined) throw failure;
      writer.write(batch);
      // Lets the pieces be handed out before more of them are made.
      await new Promise((resolve) => setImmediate(resolve));
    },
    async finish() {
      isFinished = true;
      writer.finish();
      writer.close();
      await drained;
      if (failure !== undefined) throw failure;
    },
    abort() {
      if (!isFinished) writer.abort();
    },
  };
}
