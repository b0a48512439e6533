import { open } from 'node:fs/promises';

/** What a text file has beside its text. */
export interface TextStyle {
  /** The UTF-8 byte order mark, or nothing. */
  readonly byteOrderMark: Uint8Array;
  readonly lineEnding: '\n' | '\r\n' | '\r';
}

const utf8Mark = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Room for the byte order mark and for blank lines above the first line. */
const marginBytes = 4096;

/**
 * Learn how a text file begins, and how its first line that is not blank ends; a file of that one
 * line counts as ending in a line feed.
 *
 * @param firstLine the bytes of that line, without its ending.
 * @throws the file system's error.
 */
export async function readTextStyle(path: string, firstLine: Uint8Array): Promise<TextStyle> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(marginBytes + firstLine.length);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const start = buffer.subarray(0, bytesRead);
    const hasMark = start.subarray(0, 3).equals(utf8Mark);
    const ending = start
      .subarray(start.indexOf(firstLine) + firstLine.length)
      .toString('latin1', 0, 2);
    return {
      byteOrderMark: hasMark ? utf8Mark : new Uint8Array(0),
      lineEnding: ending === '\r\n' ? '\r\n' : ending.startsWith('\r') ? '\r' : '\n',
    };
  } finally {
    await file.close();
  }
}
