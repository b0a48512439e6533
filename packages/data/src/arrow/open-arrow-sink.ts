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
  let wake: () => void = () => {};
  const drained = drain().catch((error: unknown) => {
    failure = error;
    wake();
  });

  async function drain(): Promise<void> {
    const pieces = writer[Symbol.asyncIterator]();
    for (;;) {
      // Runs when all pieces that there are have been handed out.
      const idle = setImmediate(() => wake());
      const { value, done } = await pieces.next();
      clearImmediate(idle);
      if (done === true) return;
      await writeBytes(value as Uint8Array);
    }
  }
  return {
    async write(batch) {
      if (failure !== undefined) throw failure;
      const handedOut = new Promise<void>((resolve) => {
        wake = resolve;
      });
      writer.write(batch);
      // However slow it is to write, no more than a batch is held.
      await handedOut;
      if (failure !== undefined) throw failure;
    },
    async finish() {
      if (failure !== undefined) throw failure;
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
