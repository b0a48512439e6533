import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { CallOptions } from '../call-options.ts';
import type { ArtifactContent, ArtifactDigest } from '../entities.ts';

/** Write a new file, wait until its bytes are on the disk, and say what they are. */
export async function writeDurably(
  path: string,
  content: ArtifactContent,
  { signal }: CallOptions = {},
): Promise<ArtifactDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      signal?.throwIfAborted();
      hash.update(piece);
      sizeBytes += piece.length;
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
