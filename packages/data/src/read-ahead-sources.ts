import type { ByteSource, ByteStream } from './byte-source.ts';

/** Stored bytes, and how many a listing says that they are. */
export interface ListedBytes {
  readonly source: ByteSource;
  readonly sizeBytes: number;
}

/** What may be on its way, or waits in memory, besides what is being read. */
export interface ReadAheadLimits {
  readonly sources: number;
  /** Of all together. */
  readonly bytes: number;
}

interface Fetched extends Pick<ByteStream, 'fingerprint'> {
  readonly content: Uint8Array;
}

const defaultLimits: ReadAheadLimits = { sources: 16, bytes: 8 * 2 ** 20 };

/**
 * The same sources for one pass that opens them in this order: small ones are fetched before their turn,
 * some at a time, as many round trips one after the other would take far longer than their bytes. What
 * goes wrong with one is thrown when it has its turn. Larger ones are read as they are.
 */
export function readAheadSources(
  listed: readonly ListedBytes[],
  limits: ReadAheadLimits = defaultLimits,
): ByteSource[] {
  const smallBytes = limits.bytes / limits.sources;
  const onTheirWay = new Map<number, Promise<Fetched | undefined>>();
  let begun = 0;

  function fetchFrom(index: number, signal: AbortSignal | undefined): void {
    const end = Math.min(index + limits.sources, listed.length);
    for (begun = Math.max(begun, index); begun < end; begun++) {
      const { source, sizeBytes } = listed[begun]!;
      if (sizeBytes > smallBytes) continue;
      const fetching = fetchSmall(source, { smallBytes, signal });
      // Nobody may ever come for it.
      fetching.catch(() => {});
      onTheirWay.set(begun, fetching);
    }
  }

  return listed.map(({ source }, index) => ({
    ...source,
    async open(options = {}) {
      fetchFrom(index, options.signal);
      const fetched = await onTheirWay.get(index);
      onTheirWay.delete(index);
      return fetched === undefined ? source.open(options) : streamOf(fetched);
    },
  }));
}

/** All bytes of a source; undefined where they are more than the listing said, and too many. */
async function fetchSmall(
  source: ByteSource,
  { smallBytes, signal }: { readonly smallBytes: number; readonly signal: AbortSignal | undefined },
): Promise<Fetched | undefined> {
  const stream = await source.open({ signal });
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of stream) {
      length += piece.length;
      if (length > smallBytes) return undefined;
      pieces.push(piece);
    }
    return { content: Buffer.concat(pieces), fingerprint: stream.fingerprint };
  } finally {
    await stream.close();
  }
}

function streamOf({ content, fingerprint }: Fetched): ByteStream {
  return {
    sizeBytes: content.length,
    fingerprint,
    close: async () => {},
    async *[Symbol.asyncIterator]() {
      if (content.length > 0) yield content;
    },
  };
}
