import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactContent, ArtifactDigest } from '../entities.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';
import { writeDurably } from '../sqlite/write-durably.ts';
import { withFileErrors } from './durable-files.ts';

/**
 * Write a file under its SHA-256 into a folder that is there: it is there whole or not at all, also
 * after a loss of power.
 *
 * @throws {DiskFullError | StoreUnavailableError}
 */
export async function writeBlob(folder: string, content: ArtifactContent): Promise<ArtifactDigest> {
  const temporary = join(folder, `.${randomUUID()}`);
  return withFileErrors(folder, async () => {
    try {
      const digest = await writeDurably(temporary, content);
      await rename(temporary, join(folder, digest.sha256));
      await syncFolder(folder);
      return digest;
    } finally {
      await rm(temporary, { force: true });
    }
  });
}
