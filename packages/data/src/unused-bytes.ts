import { type ByteReader, readPieces } from './byte-reader.ts';
import { GzipError } from './format-errors.ts';

/** What was read of an archive and is not unpacked, or never will be. */
export interface UnusedBytes {
  /** The same pieces, of which those are kept that are not used up. */
  watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /**
   * Check that nothing but zeros is left, with which some fill up archives.
   *
   * @param rest the bytes behind those that were watched.
   * @throws {GzipError} for anything else: an archive behind zeros would be left out.
   */
  checkZeros(rest: ByteReader, name: string): Promise<void>;
}

/** @param countUsed how many bytes are used up, from the first on. */
export function createUnusedBytes(countUsed: () => number): UnusedBytes {
  let kept: { readonly piece: Uint8Array; readonly end: number }[] = [];
  let end = 0;

  return {
    async *watch(pieces) {
      for await (const piece of pieces) {
        end += piece.length;
        kept = kept.filter((each) => each.end > countUsed());
        kept.push({ piece, end });
        yield piece;
      }
    },
    async checkZeros(rest, name) {
      const used = countUsed();
      for (const { piece, end } of kept) {
        const start = end - piece.length;
        checkZeros(piece.subarray(Math.max(0, used - start)), name);
      }
      for await (const piece of readPieces(rest)) checkZeros(piece, name);
    },
  };
}

function checkZeros(bytes: Uint8Array, name: string): void {
  if (bytes.every((byte) => byte === 0)) return;
  throw new GzipError(name, new Error('something stands behind the zeros at its end'));
}
