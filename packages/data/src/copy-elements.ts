import type { Growable } from './grow.ts';

/**
 * Copy the elements `from` to before `to` of one array into another of the same type, at `at`. As
 * `target.set` does, which goes word by word where the source is shared between threads.
 */
export function copyElements<T extends Growable>(
  source: { readonly array: T; readonly from: number; readonly to: number },
  target: T,
  at: number,
): void {
  const { array, from, to } = source;
  const size = array.BYTES_PER_ELEMENT;
  bytesOf(array).copy(bytesOf(target), at * size, from * size, to * size);
}

function bytesOf({ buffer, byteOffset, byteLength }: Growable): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
