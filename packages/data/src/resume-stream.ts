import { addAbortSignal, type Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteStream } from './byte-source.ts';
import { FileChangedError } from './errors.ts';
import { plainCause } from './plain-cause.ts';
import { retryDelayMs } from './retry-delay.ts';

/** Stored bytes on their way over a network. */
export interface Download {
  readonly body: Readable;
  /** The byte that it begins with, from 0: another than was asked for where the server cannot do that. */
  readonly from: number;
  /** Of the whole content, wherever the download begins, where the server says it. */
  readonly sizeBytes: number | undefined;
  /** Tells one state of the content from another. */
  readonly fingerprint: string;
}

/** How a download that breaks off is taken up. */
export interface ResumeOptions {
  /** Of the source, in messages. */
  readonly name: string;
  /** Download what lies behind the first `offset` bytes. */
  readonly get: (offset: number, first: Download) => Promise<Download>;
  /** Failures in a row, without a byte in between, after which to give up. */
  readonly maxAttempts: number;
  /** Make the last failure a coded error. */
  readonly unavailable: (reason: string, cause: unknown) => Error;
  readonly signal: AbortSignal | undefined;
}

/**
 * One pass over bytes on a server. Where the connection breaks off, the rest is asked for, as long as
 * the content is still the same. Memory holds no more than what is on its way.
 */
export function resumeStream(first: Download, options: ResumeOptions): ByteStream {
  const { name, signal } = options;
  let current = first;

  async function resume(offset: number): Promise<void> {
    current.body.destroy();
    current = await options.get(offset, first);
    if (current.fingerprint !== first.fingerprint) throw new FileChangedError(name);
    if (current.from !== offset) {
      throw options.unavailable('the server cannot go on where the connection broke', undefined);
    }
    // A server that names the content need not say at first how long it is.
    const mayDiffer = first.sizeBytes === undefined && first.fingerprint !== '';
    if (current.sizeBytes !== first.sizeBytes && !mayDiffer) throw new FileChangedError(name);
  }

  async function* read(): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (let failures = 0; ;) {
      try {
        if (signal) addAbortSignal(signal, current.body);
        for await (const piece of current.body as AsyncIterable<Uint8Array>) {
          offset += piece.length;
          failures = 0;
          yield piece;
        }
        if (first.sizeBytes === undefined || offset >= first.sizeBytes) return;
        throw new Error('the connection ended early');
      } catch (thrown) {
        signal?.throwIfAborted();
        if (offset > 0 && offset === first.sizeBytes) return;
        failures++;
        const cause = plainCause(thrown);
        if (failures >= options.maxAttempts) throw options.unavailable(cause.message, cause);
      }
      await wait(retryDelayMs(failures), undefined, { ...(signal && { signal }) });
      await resume(offset);
    }
  }

  return {
    sizeBytes: first.sizeBytes,
    fingerprint: first.fingerprint,
    close: async () => void current.body.destroy(),
    async *[Symbol.asyncIterator]() {
      try {
        yield* read();
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        current.body.destroy();
      }
    },
  };
}
