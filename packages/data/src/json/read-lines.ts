import type { ByteReader } from '../byte-reader.ts';
import { createByteWindow, fillByteWindow } from '../byte-window.ts';
import { JsonLineError } from '../format-errors.ts';

/** A line of text, without its ending. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly bytes: Uint8Array;
}

const lineFeed = 10;
const carriageReturn = 13;
const maxLineBytes = 67_108_864;

/**
 * The lines of UTF-8 text that are not blank. The bytes of a line lie in memory that the next line
 * may use again.
 *
 * @throws {JsonLineError} for a line of more than 64 MiB.
 */
export async function* readLines(
  reader: ByteReader,
  source: string,
  chunkBytes = 1_048_576,
): AsyncGenerator<TextLine> {
  const window = createByteWindow({ chunkBytes });
  let line = 0;
  let isStart = true;
  while (!window.isFinal) {
    if (window.end - window.start > maxLineBytes) {
      throw new JsonLineError(source, line + 1, 'is longer than 64 MiB');
    }
    await fillByteWindow(window, reader);
    if (isStart && window.bytes.indexOf('\ufeff') === 0) window.start = 3;
    isStart = false;
    for (;;) {
      const found = window.bytes.subarray(0, window.end).indexOf(lineFeed, window.start);
      if (found < 0 && !(window.isFinal && window.start < window.end)) break;
      const lineEnd = found < 0 ? window.end : found;
      const bytes = withoutReturn(window.bytes.subarray(window.start, lineEnd));
      window.start = Math.min(lineEnd + 1, window.end);
      line++;
      if (bytes.some((byte) => byte > 32)) yield { line, bytes };
    }
  }
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
}
