/** Hands out addresses in a memory that is yet to be made. */
export interface MemoryPlan {
  /** @returns the address of so many bytes, a multiple of 64. */
  readonly reserve: (bytes: number) => number;
  /** Bytes reserved so far. */
  readonly size: () => number;
}

/** Start with nothing reserved. */
export function createMemoryPlan(): MemoryPlan {
  let end = 0;
  return {
    reserve(bytes) {
      const start = end;
      end = start + Math.ceil(bytes / 64) * 64;
      return start;
    },
    size: () => end,
  };
}
