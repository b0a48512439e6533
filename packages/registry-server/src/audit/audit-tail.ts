import { fstatSync, readSync } from 'node:fs';
import { type AuditHead, readAuditLine } from './audit-entry.ts';

/** How a log ends. */
export interface AuditTail {
  /** The newest entry; undefined: none is readable. */
  readonly head: AuditHead | undefined;
  /** What follows the last line's end: nothing, or a line that lacks its end. */
  readonly rest: Buffer;
}

const CHUNK_BYTES = 65_536;
const LINE_END = 0x0a;

/** Read a log from its end back to the newest whole entry. @param file open for reading. */
export function readAuditTail(file: number): AuditTail {
  let start = fstatSync(file).size;
  let bytes = Buffer.alloc(0);
  while (start > 0) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, start));
    start -= chunk.length;
    readSync(file, chunk, 0, chunk.length, start);
    bytes = Buffer.concat([chunk, bytes]);
    const head = newestEntry(bytes, start === 0 ? 0 : bytes.indexOf(LINE_END) + 1);
    if (head === undefined) continue;
    return { head, rest: bytes.subarray(bytes.lastIndexOf(LINE_END) + 1) };
  }
  return { head: undefined, rest: bytes.subarray(bytes.lastIndexOf(LINE_END) + 1) };
}

/** @param from where the first whole line begins. */
function newestEntry(bytes: Buffer, from: number): AuditHead | undefined {
  const lines = bytes.toString('utf8', from).split('\n');
  for (const line of lines.reverse()) {
    const entry = readAuditLine(line);
    if (entry !== undefined) return { sequence: entry.sequence, hash: entry.hash };
  }
  return undefined;
}
