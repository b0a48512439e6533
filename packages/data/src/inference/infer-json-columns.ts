import type { ByteSource } from '../byte-source.ts';
import { type JsonTypeFinder, createJsonTypeFinder } from '../json/json-type-finder.ts';
import { openJsonPieces } from '../json/json-pieces.ts';
import { cellNamed } from '../json/parse-json-line.ts';
import {
  type InferColumnsOptions,
  type InferredColumns,
  inferredColumns,
} from './inferred-columns.ts';

const rowsPerPiece = 1024;

/** The columns of a file of JSON lines, in one pass over its lines that keeps none of them. */
export async function inferJsonColumns(
  origin: string | ByteSource,
  options: InferColumnsOptions,
): Promise<InferredColumns> {
  const { signal } = options;
  const pieces = await openJsonPieces(origin, { wanted: undefined, rowsPerPiece, signal });
  const finders = new Map<string, JsonTypeFinder>();
  let rowCount = 0;
  try {
    for await (const { rows } of pieces) {
      signal?.throwIfAborted();
      for (const { cells } of rows) {
        for (const name of Object.keys(cells)) {
          if (finders.has(name)) continue;
          finders.set(name, createJsonTypeFinder());
          if (rowCount > 0) finders.get(name)!.see(null);
        }
        for (const [name, finder] of finders) finder.see(cellNamed(cells, name));
        rowCount++;
      }
    }
  } finally {
    await pieces.close();
  }
  const source = typeof origin === 'string' ? origin : origin.name;
  return inferredColumns(finders, rowCount, { ...options, source });
}
