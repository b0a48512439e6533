/** One memory, seen as bytes, as words of 4 bytes with and without a sign, and as doubles. */
export interface KernelMemory {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly unsigned: Uint32Array;
  readonly doubles: Float64Array;
}

/** Look at a buffer whose length is a multiple of 8. */
export function viewMemory(buffer: ArrayBuffer | SharedArrayBuffer): KernelMemory {
  return {
    bytes: new Uint8Array(buffer),
    words: new Int32Array(buffer),
    unsigned: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
