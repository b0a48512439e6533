import { createReadStream } from 'node:fs';

/** A line of a file as its bytes. */
export interface RawLine {
  /** Without the line's end. */
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** False only for a last line that nothing ends. */
  readonly isEnded: boolean;
}

const LINE_END = 0x0a;

/** The lines of a file, in memory one chunk and one line at a time. */
export async function* readLines(path: string): AsyncGenerator<RawLine> {
  let pieces: Buffer[] = [];
  let number = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end; (end = chunk.indexOf(LINE_END, start)) !== -1; start = end + 1) {
      const bytes = Buffer.concat([...pieces, chunk.subarray(start, end)]);
      pieces = [];
      yield { bytes, number: ++number, isEnded: true };
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  if (pieces.length > 0) yield { bytes: Buffer.concat(pieces), number: ++number, isEnded: false };
}
