import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { ByteSink } from './byte-source.ts';
import { zlibChunkBytes } from './release-chunks.ts';

/** A sink that packs what it is given. */
export interface GzipSink extends ByteSink {
  /** @param onTaken is called when the chunk's memory may be used again, which may be later. */
  write(chunk: string | Uint8Array, onTaken?: () => void): Promise<void>;
}

/** Pack everything that is written, before it reaches the sink. */
export function gzipSink(sink: ByteSink): GzipSink {
  const gzip = createGzip({ level: 6, chunkSize: zlibChunkBytes });
  let failure: unknown;
  const drained = (async () => {
    for await (const piece of gzip) await sink.write(piece as Uint8Array);
  })().catch((error: unknown) => {
    failure = error;
    gzip.destroy();
  });

  return {
    async write(chunk, onTaken) {
      if (failure !== undefined) throw failure;
      if (gzip.write(chunk, () => onTaken?.())) return;
      await Promise.race([once(gzip, 'drain'), drained]);
      if (failure !== undefined) throw failure;
    },
    async commit() {
      gzip.end();
      await drained;
      if (failure !== undefined) throw failure;
      await sink.commit();
    },
    async abort() {
      gzip.destroy();
      await drained;
      await sink.abort();
    },
  };
}
