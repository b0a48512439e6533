import { gzipSink } from '../gzip-sink.ts';
import { isGzipName } from '../table-format.ts';
import type { ExtensionTarget } from './table-extension.ts';

/** Writes bytes as the input file has them: packed where its name says so. */
export interface PackingWrite {
  /** The bytes' memory may be used again afterwards. */
  write(bytes: Uint8Array | string): Promise<void>;
  finish(): Promise<void>;
  abort(): Promise<void>;
}

/** Write to a target what belongs into a file called as `inputPath` is. */
export function packingWrite(inputPath: string, target: ExtensionTarget): PackingWrite {
  const plain = {
    write: (chunk: string | Uint8Array) =>
      target.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk),
    commit: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
  if (!isGzipName(inputPath)) {
    return { write: plain.write, finish: plain.commit, abort: plain.abort };
  }
  const sink = gzipSink(plain);
  return {
    // Bytes wait to be packed after `write` has returned, when their memory may be in use again.
    write: (chunk) => sink.write(Buffer.from(chunk)),
    finish: sink.commit,
    abort: sink.abort,
  };
}
