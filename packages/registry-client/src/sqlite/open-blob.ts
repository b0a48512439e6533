import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ArtifactDigest, ArtifactStream } from '../entities.ts';
import { ArtifactDamagedError } from '../artifact-errors.ts';
import { type ArtifactKey, artifactDigest } from './artifact-rows.ts';
import { isSha256 } from './blob-store.ts';
import { translateFileError } from './sqlite-errors.ts';
import type { Store } from './store.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * Open the file of an artifact. What it gives is checked as it is read.
 *
 * @throws {ArtifactNotFoundError | ArtifactDamagedError}
 */
export async function openBlob(
  store: Store,
  key: ArtifactKey,
  signal: AbortSignal | undefined,
): Promise<ArtifactStream> {
  const { digest, file } = await openFile(store, key);
  const content = readChecked(file, { key, digest, signal, root: store.blobs.root });
  return { ...digest, content: closedUnread(content, file) };
}

/** Who returns before the first piece lets go of the file, too: a generator would not begin for it. */
function closedUnread(
  content: AsyncGenerator<Uint8Array, void, undefined>,
  file: FileHandle,
): AsyncIterable<Uint8Array> {
  let isBegun = false;
  const iterator: AsyncIterator<Uint8Array, void, undefined> = {
    next() {
      isBegun = true;
      return content.next();
    },
    async return() {
      if (!isBegun) await file.close();
      isBegun = true;
      return content.return();
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

async function openFile(
  store: Store,
  key: ArtifactKey,
): Promise<{ readonly digest: ArtifactDigest; readonly file: FileHandle }> {
  let missing: string | undefined;
  for (;;) {
    const digest = artifactDigest(store, key);
    if (digest.sha256 === missing) {
      throw new ArtifactDamagedError(key, 'the file with its content is missing');
    }
    if (!isSha256(digest.sha256)) {
      throw new ArtifactDamagedError(key, 'the database names no file of this store for it');
    }
    try {
      return { digest, file: await store.blobs.open(digest.sha256) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
        throw new ArtifactDamagedError(key, 'a link is in place of its file');
      }
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw translateFileError(error, store.blobs.root);
      }
      // It may have been replaced just now, and its old content collected as garbage.
      missing = digest.sha256;
    }
  }
}

async function* readChecked(
  file: FileHandle,
  reading: {
    readonly key: ArtifactKey;
    readonly digest: ArtifactDigest;
    readonly signal: AbortSignal | undefined;
    readonly root: string;
  },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { key, digest, signal, root } = reading;
  const hash = createHash('sha256');
  try {
    for (;;) {
      signal?.throwIfAborted();
      const piece = new Uint8Array(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
      if (bytesRead === 0) break;
      const bytes = piece.subarray(0, bytesRead);
      hash.update(bytes);
      yield bytes;
    }
  } catch (error) {
    throw signal?.aborted === true ? error : translateFileError(error, root);
  } finally {
    await file.close();
  }
  const actual = hash.digest('hex');
  if (actual !== digest.sha256) {
    throw new ArtifactDamagedError(key, `its SHA-256 is ${actual}, not ${digest.sha256}`);
  }
}
