import type { ByteReader, FileAccess } from './byte-reader.ts';
import type { ByteSource } from './byte-source.ts';
import { type ByteWindow, createByteWindow, fillByteWindow } from './byte-window.ts';
import { checkText } from './check-text.ts';
import { CsvRowTooLongError } from './errors.ts';
import { openPlainBytes } from './open-plain-bytes.ts';

/** UTF-8 text that is read through a window. */
export interface TextFile {
  /** What messages call it. */
  readonly path: string;
  /** Whether it begins with a byte order mark. */
  readonly hasMark: boolean;
  readonly window: ByteWindow;
  /** Where it is known before the end. */
  readonly sizeBytes: number | undefined;
  /** Tells one state of the content from another. */
  readonly fingerprint: string;
  /**
   * Read on, and check the new bytes. `line` is the line at the window's start, from 1.
   *
   * @returns false where it holds in front of a limit.
   */
  fill(line: number): Promise<boolean>;
  /** Where the window's start lies, in bytes from the file's start. */
  position(): number;
  /** What else can be done with a file of this machine whose bytes are read as they are. */
  readonly file: FileAccess | undefined;
  /** Empty the window and go on at another place of `file`, where a character begins. */
  moveTo(position: number): void;
  /** Have the thread that wants the bytes of `file` read them, where that is faster. */
  readWithThisThread(): void;
  /** Read no further than to `position`, where a character begins. */
  holdAt(position: number): void;
  close(): Promise<void>;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
/** What is read of a long file at first: enough to find out how it is to be read. */
const firstBytes = 73_728;
const longFileBytes = 8_388_608;

/** Open a text file behind its byte order mark, if it has one. System errors come as they are. */
export async function openText(
  source: string | ByteSource,
  options: {
    readonly chunkBytes: number;
    readonly maxRowBytes: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<TextFile> {
  const { chunkBytes, maxRowBytes, signal } = options;
  const path = typeof source === 'string' ? source : source.name;
  const reader = await openPlainBytes(source, signal);
  const window = createByteWindow({ chunkBytes });
  let checkedEnd = 0;
  let readEnd = 0;
  let unused = 0;
  let limit = Infinity;
  let bytes: Pick<ByteReader, 'read'> = reader;

  async function fill(line: number): Promise<boolean> {
    if (readEnd >= limit) return false;
    if (window.end - window.start > maxRowBytes) {
      throw new CsvRowTooLongError(path, line, maxRowBytes);
    }
    checkedEnd -= window.start;
    unused = window.end - window.start;
    const isFirst = readEnd === 0 && (reader.sizeBytes ?? 0) >= longFileBytes;
    await fillByteWindow(window, bytes, Math.min(limit - readEnd, isFirst ? firstBytes : Infinity));
    readEnd += window.end - unused;
    checkedEnd = checkText(window, checkedEnd, { path, line });
    return true;
  }

  function readWithThisThread(): void {
    const { file } = reader;
    if (file === undefined) return;
    bytes = {
      read: (target, offset, length) => {
        // While the window is filled, what it had left lies in front.
        const position = readEnd + offset - unused;
        return file.readAt(target.subarray(offset, offset + length), position);
      },
    };
  }

  function moveTo(position: number): void {
    reader.file!.seek(position);
    readEnd = position;
    checkedEnd = 0;
    window.start = 0;
    window.end = 0;
    window.isFinal = false;
  }

  try {
    while (window.end < byteOrderMark.length && !window.isFinal) await fill(1);
    const hasMark = window.bytes.subarray(0, window.end).indexOf(byteOrderMark) === 0;
    if (hasMark) window.start = byteOrderMark.length;
    const { sizeBytes, fingerprint, file, close } = reader;
    const position = () => readEnd - (window.end - window.start);
    const holdAt = (position: number) => void (limit = position);
    const about = { path, hasMark, window, sizeBytes, fingerprint, file };
    return { ...about, fill, position, readWithThisThread, moveTo, holdAt, close };
  } catch (error) {
    await reader.close();
    throw error;
  }
}
