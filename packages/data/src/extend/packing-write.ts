import { gzipSink } from '../gzip-sink.ts';
import { isGzipName } from '../table-format.ts';
import type { ExtensionTarget } from './table-extension.ts';

/** Writes bytes as the input file has them: packed where its name says so. */
export interface PackingWrite {
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
  const sink = isGzipName(inputPath) ? gzipSink(plain) : plain;
  return { write: sink.write, finish: sink.commit, abort: sink.abort };
}
