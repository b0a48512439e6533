import type { ByteSource } from '../byte-source.ts';
import { openPlainBytes } from '../open-plain-bytes.ts';
import { parseJsonLine } from './parse-json-line.ts';
import { readLines } from './read-lines.ts';

const none: ReadonlySet<string> = new Set();

/**
 * Those of some names that any line of a file of JSON lines has: a pass over the file that ends when
 * all are found.
 *
 * @throws {JsonLineError}
 */
export async function findNames(
  origin: string | ByteSource,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const source = typeof origin === 'string' ? origin : origin.name;
  const reader = await openPlainBytes(origin, signal);
  try {
    const sought = new Set(names);
    for await (const line of readLines(reader, source)) {
      const { cells } = parseJsonLine(line, source, none);
      for (const name of sought) if (Object.hasOwn(cells, name)) sought.delete(name);
      if (sought.size === 0) break;
    }
    return names.filter((name) => !sought.has(name));
  } finally {
    await reader.close();
  }
}
