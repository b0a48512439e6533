import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { ByteSink } from './byte-source.ts';

/** Pack everything that is written, before it reaches the sink. */
export function gzipSink(sink: ByteSink): ByteSink {
  const gzip = createGzip({ level: 6, chunkSize: 262_144 });
  let failure: unknown;
  const drained = (async () => {
    for await (const piece of gzip) await sink.write(piece as Uint8Array);
  })().catch((error: unknown) => {
    failure = error;
    gzip.destroy();
  });

  return {
    async write(chunk) {
      if (failure !== undefined) throw failure;
      if (gzip.write(chunk)) return;
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
