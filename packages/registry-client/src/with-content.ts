import type { ArtifactContent } from './entities.ts';

/**
 * Do something with a content that is read from now on. A stream of Node that fails before anybody
 * listens to it ends the process, and one that nobody reads stays open.
 *
 * @param work is given the content, and what that has thrown so far.
 */
export async function withContent<T>(
  content: ArtifactContent,
  work: (begun: ArtifactContent, failures: readonly unknown[]) => Promise<T>,
): Promise<T> {
  if (content instanceof Uint8Array) return work(content, []);
  const failures: unknown[] = [];
  const begun = beginContent(content, (error) => void failures.push(error));
  try {
    return await work(begun, failures);
  } catch (error) {
    // Not waited for: a content may take its time for the piece that it was asked for.
    void letGo(begun);
    throw error;
  }
}

/** Close what a content reads from, where nobody has begun to read it. */
export async function letGo(content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of content) break;
  } catch {
    // That it cannot be read is not what went wrong.
  }
}

/**
 * Ask for the first piece of a content at once, and give all of them when they are read.
 *
 * @param onFailure hears what the content throws, as it is thrown.
 */
function beginContent(
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
