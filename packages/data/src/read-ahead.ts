/**
 * The same items, the next of which is being made while one is used. What goes wrong with it is thrown
 * when it has its turn.
 */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let next = begin(iterator);
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = begin(iterator);
      yield value;
    }
  } finally {
    // Waits for the item that is being made, as generators do.
    await iterator.return?.();
  }
}

function begin<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = iterator.next();
  // Nobody may ever come for it.
  next.catch(() => {});
  return next;
}
