/**
 * Ask for the first piece of a content at once, and give all of them when they are read. A stream of
 * Node that fails before anybody listens to it ends the process.
 *
 * @param onFailure hears what the content throws, as it is thrown.
 */
export function beginContent(
  content: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): AsyncIterable<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(onFailure);

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    let isDone = false;
    try {
      let result = await first;
      while (result.done !== true) {
        yield result.value;
        result = await next();
      }
      isDone = true;
    } finally {
      if (!isDone) await iterator.return?.();
    }
  }
  async function next(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await iterator.next();
    } catch (error) {
      onFailure(error);
      throw error;
    }
  }
  return read();
}
