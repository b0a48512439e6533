/** One memory, seen as numbers of 2 bytes, of 4, and as doubles. */
export interface KernelMemory {
  readonly halves: Uint16Array;
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

/** Look at a buffer whose length is a multiple of 8. */
export function viewMemory(buffer: ArrayBuffer): KernelMemory {
  return {
    halves: new Uint16Array(buffer),
    words: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
