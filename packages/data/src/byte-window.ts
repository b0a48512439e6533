import type { ByteReader } from './byte-reader.ts';

/**
 * A sliding view of a file: the bytes from `start` to `end` are read and not yet used. What lies
 * behind `end` is one line feed, so that a scan needs no bounds check to stop.
 */
export interface ByteWindow {
  bytes: Buffer;
  start: number;
  end: number;
  /** Nothing of the file is left beyond `end`. */
  isFinal: boolean;
}

/** How to read a file through a window. */
export interface ByteWindowOptions {
  /** The window's size at the start; it doubles while no whole row fits. */
  readonly chunkBytes: number;
}

const lineFeed = 10;

/** An empty window at the start of a file. */
export function createByteWindow({ chunkBytes }: ByteWindowOptions): ByteWindow {
  const bytes = Buffer.allocUnsafeSlow(chunkBytes + 1);
  bytes[0] = lineFeed;
  return { bytes, start: 0, end: 0, isFinal: false };
}

/**
 * Move the unused bytes to the front and read on until the window is full, the file ends or `most`
 * bytes are read. A window that is full of unused bytes doubles first.
 */
export async function fillByteWindow(
  window: ByteWindow,
  reader: Pick<ByteReader, 'read'>,
  most = Infinity,
): Promise<void> {
  const unused = window.end - window.start;
  const capacity = window.bytes.length - 1;
  const target = unused === capacity ? Buffer.allocUnsafeSlow(capacity * 2 + 1) : window.bytes;
  window.bytes.copy(target, 0, window.start, window.end);
  window.bytes = target;
  window.start = 0;
  window.end = unused;
  const full = Math.min(target.length - 1, unused + most);
  while (window.end < full) {
    const count = await reader.read(target, window.end, full - window.end);
    if (count === 0) {
      window.isFinal = true;
      break;
    }
    window.end += count;
  }
  target[window.end] = lineFeed;
}
