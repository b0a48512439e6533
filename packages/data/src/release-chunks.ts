/** Bytes of each memory that a stream of zlib fills piece by piece, and never comes back to. */
export const zlibChunkBytes = 262_144;

/**
 * Gives the memory of a zlib stream's pieces back as soon as it is used up. Left to the collector,
 * which hardly notices how large it is, that of a long stream piles up to tens of megabytes.
 *
 * @returns to be shown one piece after the other; nobody may hold on to those before it.
 */
export function createChunkRelease(): (piece: Uint8Array) => void {
  let last: ArrayBufferLike | undefined;
  return ({ buffer }) => {
    const isUsedUp = last !== undefined && last !== buffer && last.byteLength === zlibChunkBytes;
    if (isUsedUp && last instanceof ArrayBuffer) last.transfer(0);
    last = buffer;
  };
}
