import type { ArtifactContent, ArtifactDigest } from '../entities.ts';
import { ArtifactDamagedError } from '../artifact-errors.ts';
import { createSha256 } from '../sha256.ts';

/** A content on its way, and what it turned out to be once it has passed. */
export interface DigestedContent {
  readonly content: ArtifactContent;
  digest(): ArtifactDigest;
}

/**
 * Measure a content while it is sent. Whole bytes are checked at once; of pieces the last one is held
 * back until all are known to be right, so that a server never gets a wrong file whole.
 *
 * @throws {ArtifactDamagedError} when they are not what was announced.
 */
export function digestContent(
  content: ArtifactContent,
  owner: { readonly ownerId: string; readonly path: string },
  expected: Partial<ArtifactDigest> = {},
): DigestedContent {
  const hash = createSha256();
  let sizeBytes = 0;
  let digest: ArtifactDigest | undefined;
  const take = (piece: Uint8Array) => {
    hash.update(piece);
    sizeBytes += piece.length;
  };
  const finish = () => {
    digest = { sizeBytes, sha256: hash.digest() };
    checkDigest(owner, digest, expected);
  };
  async function* measured(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let held: Uint8Array | undefined;
    for await (const piece of pieces) {
      take(piece);
      // A server that was told the length gets no byte more.
      if (expected.sizeBytes !== undefined && sizeBytes > expected.sizeBytes) {
        throw new ArtifactDamagedError(owner, `it has more than ${expected.sizeBytes} bytes`);
      }
      if (held !== undefined) yield held;
      held = piece;
    }
    finish();
    if (held !== undefined) yield held;
  }
  const isWhole = content instanceof Uint8Array;
  if (isWhole) {
    take(content);
    finish();
  }
  return { content: isWhole ? content : measured(content), digest: () => digest! };
}

/** @throws {ArtifactDamagedError} */
function checkDigest(
  owner: { readonly ownerId: string; readonly path: string },
  found: ArtifactDigest,
  expected: Partial<ArtifactDigest>,
): void {
  const { sizeBytes = found.sizeBytes, sha256 = found.sha256 } = expected;
  if (found.sizeBytes !== sizeBytes) {
    throw new ArtifactDamagedError(owner, `it has ${found.sizeBytes} bytes, not ${sizeBytes}`);
  }
  if (found.sha256 !== sha256.toLowerCase()) {
    throw new ArtifactDamagedError(owner, `its SHA-256 is ${found.sha256}, not ${sha256}`);
  }
}
