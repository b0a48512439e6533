import { open, stat } from 'node:fs/promises';
import { type ByteWindow, createByteWindow, fillByteWindow } from './byte-window.ts';
import { checkText } from './check-text.ts';
import { CsvRowTooLongError, NotAFileError } from './errors.ts';

/** A UTF-8 file that is read through a window. */
export interface TextFile {
  readonly path: string;
  readonly window: ByteWindow;
  readonly sizeBytes: number;
  /** Tells one state of the file from another: its size, time of change and identity. */
  readonly fingerprint: string;
  /** Read on, and check the new bytes. `line` is the line at the window's start, from 1. */
  fill(line: number): Promise<void>;
  close(): Promise<void>;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Open a text file behind its byte order mark, if it has one. System errors come as they are. */
export async function openText(
  path: string,
  { chunkBytes, maxRowBytes }: { chunkBytes: number; maxRowBytes: number },
): Promise<TextFile> {
  // Before opening: opening a pipe would wait for its writer.
  const found = await stat(path);
  if (found.isDirectory()) throw new NotAFileError(path, 'folder');
  if (!found.isFile()) throw new NotAFileError(path, 'pipe or device');

  const file = await open(path, 'r');
  const window = createByteWindow({ chunkBytes });
  let checkedEnd = 0;

  async function fill(line: number): Promise<void> {
    if (window.end - window.start > maxRowBytes) {
      throw new CsvRowTooLongError(path, line, maxRowBytes);
    }
    checkedEnd -= window.start;
    await fillByteWindow(window, file);
    checkedEnd = checkText(window, checkedEnd, { path, line });
  }

  try {
    const { size, mtimeMs, ino } = await file.stat();
    while (window.end < byteOrderMark.length && !window.isFinal) await fill(1);
    if (window.bytes.subarray(0, window.end).indexOf(byteOrderMark) === 0) window.start = 3;
    const fingerprint = `${size}:${mtimeMs}:${ino}`;
    return { path, window, sizeBytes: size, fingerprint, fill, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}
