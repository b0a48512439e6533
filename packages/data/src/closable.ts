/** Items that come one after the other from something that can be closed at any time. */
export interface Closable<T> extends AsyncIterable<T> {
  close(): Promise<void>;
}

/**
 * The same items until they are closed: then there are no more, also where one was being made. What a
 * reader makes of bytes that break off as they are closed, an item or a failure, is nobody's.
 *
 * @param iterate starts over the items, once.
 */
export function closable<T>(
  iterate: () => AsyncIterable<T>,
  close: () => Promise<void>,
  signal: AbortSignal | undefined,
): Closable<T> {
  let isClosed = false;

  return {
    close() {
      isClosed = true;
      return close();
    },
    async *[Symbol.asyncIterator]() {
      try {
        for await (const item of iterate()) {
          if (isClosed) return;
          yield item;
          if (isClosed) return;
        }
      } catch (error) {
        if (!isClosed || signal?.aborted === true) throw error;
      }
    },
  };
}
