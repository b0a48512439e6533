import type { ArtifactContent } from '../entities.ts';

/** One part of a file, all of the same size but the last. */
export interface Part {
  readonly bytes: Uint8Array;
  /** From the beginning of the file. */
  readonly offset: number;
  readonly isLast: boolean;
}

/** What is held of a file at once, and sent in one request: 8 MiB. */
export const PART_BYTES = 8 * 1024 * 1024;

/** More parts than this no storage takes. */
const MOST_PARTS = 10_000;

/** The size of parts for a file: larger ones where there would be too many. */
export function partBytesFor(sizeBytes: number | undefined): number {
  const least = Math.ceil((sizeBytes ?? 0) / MOST_PARTS);
  return Math.max(1, Math.ceil(least / PART_BYTES)) * PART_BYTES;
}

/**
 * A content in parts of one size, the last one shorter; an empty content is one empty part. Whether a
 * part is the last is known when it is given out.
 */
export async function* splitParts(
  content: ArtifactContent,
  partBytes: number = PART_BYTES,
): AsyncGenerator<Part, void> {
  let offset = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  function take(): Uint8Array {
    const bytes = held.length === 1 ? held[0]! : join(held, heldBytes);
    held = [];
    heldBytes = 0;
    return bytes;
  }
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    for (let from = 0; from < piece.length;) {
      // Only now is it known that more follows.
      if (heldBytes === partBytes) {
        const bytes = take();
        yield { bytes, offset, isLast: false };
        offset += bytes.length;
      }
      const some = piece.subarray(from, from + partBytes - heldBytes);
      held.push(some);
      heldBytes += some.length;
      from += some.length;
    }
  }
  yield { bytes: take(), offset, isLast: true };
}

/** Parts as a content again. */
export async function* joinParts(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of parts) yield bytes;
}

/**
 * Use a content in parts. However that ends, the content is let go of.
 *
 * @param use gets the first part, which tells whether it is the only one, and all of them with it.
 */
export async function withParts<T>(
  content: ArtifactContent,
  partBytes: number,
  use: (first: Part, all: AsyncIterable<Part>) => Promise<T>,
): Promise<T> {
  const parts = splitParts(content, partBytes);
  try {
    const { value: first } = await parts.next();
    return await use(first!, startingWith(first!, parts));
  } finally {
    // Not waited for, as the content may hang.
    parts.return().catch(() => undefined);
  }
}

async function* startingWith(first: Part, others: AsyncIterable<Part>): AsyncGenerator<Part, void> {
  yield first;
  yield* others;
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
