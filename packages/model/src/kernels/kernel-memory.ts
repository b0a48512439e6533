/** One memory, seen as bytes, as numbers of 2 and of 4, and as doubles. */
export interface KernelMemory {
  readonly bytes: Uint8Array;
  readonly halves: Uint16Array;
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

/** Look at a buffer whose length is a multiple of 8. */
export function viewMemory(buffer: ArrayBuffer): KernelMemory {
  return {
    bytes: new Uint8Array(buffer),
    halves: new Uint16Array(buffer),
    words: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
