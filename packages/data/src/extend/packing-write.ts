import { gzipSink } from '../gzip-sink.ts';
import { createChunkRelease } from '../release-chunks.ts';
import { isGzipName } from '../table-format.ts';
import type { ExtensionTarget } from './table-extension.ts';

/** Writes bytes as the input file has them: packed where its name says so. */
export interface PackingWrite {
  /** The bytes' memory may be used again afterwards. */
  write(bytes: Uint8Array | string): Promise<void>;
  finish(): Promise<void>;
  abort(): Promise<void>;
}

/** Chunks differ a little in their bytes. */
const spare = 1.1;

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
  const release = createChunkRelease();
  const sink = gzipSink({
    ...plain,
    write(piece) {
      if (typeof piece !== 'string') release(piece);
      return plain.write(piece);
    },
  });
  const free: Buffer[] = [];

  /** A copy in memory that is used again: a long file leaves no garbage. */
  function copyOf(bytes: Uint8Array): Buffer {
    const found = free.pop();
    const hasRoom = found !== undefined && found.length >= bytes.length;
    const copy = hasRoom ? found : Buffer.allocUnsafeSlow(Math.ceil(bytes.length * spare));
    copy.set(bytes);
    return copy;
  }
  return {
    // Bytes wait to be packed after `write` has returned, when their memory may be in use again.
    write(chunk) {
      if (typeof chunk === 'string') return sink.write(chunk);
      const copy = copyOf(chunk);
      return sink.write(copy.subarray(0, chunk.length), () => free.push(copy));
    },
    finish: sink.commit,
    abort: sink.abort,
  };
}
