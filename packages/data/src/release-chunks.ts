/** Bytes of each memory that a stream of zlib fills piece by piece, and never comes back to. */
export const zlibChunkBytes = 262_144;

/**
 * Gives the memory of a zlib stream's pieces back as soon as it is used up. Left to the collector,
 * which hardly notices how large it is, that of a long stream piles up to tens of megabytes.
 *
 * @returns to be shown one piece after the other; nobody may hold on to those before it.
 */
export function createChunkRelease(): (piece: Uint8Array) => void {
  let last: Uint8Array | undefined;
  return (piece) => {
    if (last !== undefined && last.buffer !== piece.buffer && isFull(last)) {
      (last.buffer as ArrayBuffer).transfer(0);
    }
    last = piece;
  };
}

/**
 * Whether zlib is done with a piece's memory. That the next piece lies elsewhere does not tell: a
 * stream joins pieces that wait to be read in new memory, and zlib goes on behind them in the former.
 */
function isFull({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  return buffer.byteLength === zlibChunkBytes && byteOffset + byteLength === zlibChunkBytes;
}
