import { isUtf8 } from 'node:buffer';
import type { ByteWindow } from './byte-window.ts';
import { CsvEncodingError } from './errors.ts';

/** What must be known to name the place of a fault. */
export interface TextPlace {
  readonly path: string;
  /** The line at the window's start, from 1. */
  readonly line: number;
}

/**
 * Check that the window's bytes from `from` on are UTF-8 text without NUL. A character that the
 * window cuts off is left for the next call.
 *
 * @returns the end of what has been checked.
 * @throws {CsvEncodingError} naming the line, and the kind of file where the first bytes tell it.
 */
export function checkText(window: ByteWindow, from: number, place: TextPlace): number {
  const end = window.isFinal ? window.end : characterEnd(window);
  const fresh = window.bytes.subarray(from, end);
  if (!isText(fresh)) throw new CsvEncodingError(place.path, findFault(window, place));
  return end;
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Where the last character that lies wholly in the window ends. */
function characterEnd({ bytes, start, end }: ByteWindow): number {
  for (let i = end - 1; i >= start && i >= end - 4; i--) {
    const byte = bytes[i]!;
    if (byte >= 0xc0) return i;
    if (byte < 0x80) return i + 1;
  }
  return end;
}

function findFault(window: ByteWindow, place: TextPlace): { line: number; found: string } {
  const kind = place.line === 1 ? kindOfFile(window.bytes.subarray(window.start)) : undefined;
  if (kind !== undefined) return { line: 1, found: `this is ${kind}` };
  let line = place.line;
  let lineStart = window.start;
  for (let i = window.start; i < window.end; i++) {
    const byte = window.bytes[i]!;
    if (byte !== 10 && byte !== 13) continue;
    if (!isText(window.bytes.subarray(lineStart, i))) break;
    if (byte === 10 || window.bytes[i + 1] !== 10) line++;
    lineStart = i + 1;
  }
  const rest = window.bytes.subarray(lineStart, window.end);
  const lineEnd = rest.findIndex((byte) => byte === 10 || byte === 13);
  const hasNul = rest.subarray(0, lineEnd < 0 ? rest.length : lineEnd).includes(0);
  return { line, found: hasNul ? 'a NUL byte, which no text has' : 'bytes that are not UTF-8' };
}

const signatures: readonly [bytes: readonly number[], kind: string][] = [
  [[0xff, 0xfe], 'UTF-16 text'],
  [[0xfe, 0xff], 'UTF-16 text'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive (an Excel workbook is one)'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
];

function kindOfFile(bytes: Buffer): string | undefined {
  return signatures.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1];
}
