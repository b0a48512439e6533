import type { ColumnSpec } from '@gnu-mlops/core';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteSource } from '../byte-source.ts';
import type { RowPiece } from '../cell-collector.ts';
import { fileError } from '../file-error.ts';
import { openPlainBytes } from '../open-plain-bytes.ts';
import { findNames } from './find-names.ts';
import { type JsonRow, parseJsonLine } from './parse-json-line.ts';
import { readLines } from './read-lines.ts';

/** Some rows, and the number of the first one, from 0. */
export interface JsonPiece extends RowPiece {
  readonly firstRow: number;
  readonly rows: readonly JsonRow[];
}

/** A file of JSON lines that is read piece by piece, once. */
export interface JsonPieces extends AsyncIterable<JsonPiece> {
  /**
   * The names in the first piece, in the order of their first appearance, and behind them the required
   * ones that later lines have.
   */
  readonly header: readonly string[];
  close(): Promise<void>;
}

/**
 * Open a file of JSON lines and read its first piece. Where a required name is not in it, all of the
 * file is searched for it.
 *
 * @throws {JsonLineError}
 */
export async function openJsonPieces(
  origin: string | ByteSource,
  options: {
    /** The columns whose values are looked at; undefined: all. */
    readonly wanted: readonly Pick<ColumnSpec, 'name' | 'required'>[] | undefined;
    readonly rowsPerPiece: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<JsonPieces> {
  const source = typeof origin === 'string' ? origin : origin.name;
  let reader: ByteReader | undefined;
  try {
    reader = await openPlainBytes(origin, options.signal);
    const specs = options.wanted;
    const wanted = specs === undefined ? undefined : new Set(specs.map(({ name }) => name));
    const pieces = readPieces(reader, { ...options, source, wanted });
    const first = await pieces.next();
    const names = first.done ? [] : first.value.rows.flatMap(({ cells }) => Object.keys(cells));
    const header = new Set(names);
    const absent = (specs ?? []).filter(({ name, required }) => required && !header.has(name));
    if (absent.length > 0 && !first.done && first.value.rowCount === options.rowsPerPiece) {
      const missing = absent.map(({ name }) => name);
      for (const name of await findNames(origin, missing, options.signal)) header.add(name);
    }
    const { close } = reader;
    return {
      header: [...header],
      async *[Symbol.asyncIterator]() {
        if (first.done) return;
        yield first.value;
        yield* pieces;
      },
      close,
    };
  } catch (error) {
    await reader?.close();
    throw fileError(error, source, 'read');
  }
}

async function* readPieces(
  reader: ByteReader,
  options: { rowsPerPiece: number; source: string; wanted: ReadonlySet<string> | undefined },
): AsyncGenerator<JsonPiece> {
  const { rowsPerPiece, source, wanted } = options;
  let rows: JsonRow[] = [];
  let firstRow = 0;
  for await (const line of readLines(reader, source)) {
    rows.push(parseJsonLine(line, source, wanted));
    if (rows.length < rowsPerPiece) continue;
    yield { rows, rowCount: rows.length, firstRow };
    firstRow += rows.length;
    rows = [];
  }
  if (rows.length > 0) yield { rows, rowCount: rows.length, firstRow };
}
