/** An array that can be made longer. */
export type Growable = Float64Array | Int32Array | Uint8Array;

/** What makes arrays of one type. */
interface ArrayType<T extends Growable> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
}

/** An array of whatever its memory held before: no element may be read before it is written. */
export function unfilled<T extends Growable>(type: ArrayType<T>, length: number): T {
  return new type(Buffer.allocUnsafeSlow(length * type.BYTES_PER_ELEMENT).buffer, 0, length);
}

/** A longer array of the same type that begins with the same elements; the others are unfilled. */
export function grow<T extends Growable>(array: T, length: number): T {
  const longer = unfilled(array.constructor as unknown as ArrayType<T>, length);
  longer.set(array);
  return longer;
}

/** The array itself, or one at least twice as long where it has no room for `length` elements. */
export function withRoom<T extends Growable>(array: T, length: number): T {
  return length <= array.length ? array : grow(array, Math.max(length, array.length * 2));
}

/** The first `length` elements: a view where little is left over, else a copy. */
export function trimmed<T extends Growable>(array: T, length: number): T {
  const isNearlyFull = array.length - length <= array.length / 16;
  return (isNearlyFull ? array.subarray(0, length) : array.slice(0, length)) as T;
}
