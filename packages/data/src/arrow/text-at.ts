import type { Data } from 'apache-arrow';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of a view, and the most of them that stand in it. */
const viewBytes = 16;
const bytesInView = 12;

/**
 * The text of a cell that is not null, of Utf8, LargeUtf8 or Utf8View. The library's own decoder takes
 * U+FEFF at the start of a text for a byte order mark, and drops it.
 */
export function textAt(data: Data, index: number): string {
  const bytes = data.values as Uint8Array;
  const offsets = data.valueOffsets as Int32Array | BigInt64Array | undefined;
  if (offsets !== undefined) {
    return decoder.decode(bytes.subarray(Number(offsets[index]), Number(offsets[index + 1])));
  }
  const start = index * viewBytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, viewBytes);
  const length = view.getInt32(0, true);
  if (length <= bytesInView) return decoder.decode(bytes.subarray(start + 4, start + 4 + length));
  const from = view.getInt32(12, true);
  const rest = data.variadicBuffers[view.getInt32(8, true)]!.subarray(from, from + length);
  if (rest.length < length) throw new RangeError('a text lies outside of its buffer');
  return decoder.decode(rest);
}
