import { randomUUID } from 'node:crypto';
import { constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadOptions } from '../call-options.ts';
import type { ArtifactContent, ArtifactDigest } from '../entities.ts';
import { makeFolder } from '../make-folder.ts';
import { syncFolder, syncFolderSync } from './sync-folder.ts';
import { writeDurably } from './write-durably.ts';

/** Bytes on the disk that no artifact refers to yet. */
export interface StagedBlob extends ArtifactDigest {
  readonly file: string;
}

/** Files named after the SHA-256 of their content, so that equal ones are kept once. */
export interface BlobStore {
  readonly root: string;
  /** Write bytes beside the store, flushed to the disk. What fails leaves nothing behind. */
  stage(content: ArtifactContent, options: UploadOptions): Promise<StagedBlob>;
  /** Move staged bytes into the store, flushed. Call it where no garbage is being collected. */
  keep(staged: StagedBlob): void;
  discard(staged: StagedBlob): Promise<void>;
  /** @throws the system's ENOENT when it is not there. */
  open(sha256: string): Promise<FileHandle>;
  /** Every file of the store, in no order. */
  list(): AsyncGenerator<ArtifactDigest, void, undefined>;
  remove(sha256: string): void;
  /** Remove what writers left behind that died before this time. */
  removeStaged(before: number): Promise<void>;
}

/** What {@link randomUUID} gives: nothing else is of a writer. */
const UPLOAD_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Windows has no such flag; there a link is followed, and its content still has to match. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Keep files below `root`, an absolute path; folders are made when they are written to. */
export function createBlobStore(root: string): BlobStore {
  const blobs = join(root, 'blobs');
  const uploads = join(root, '.uploads');
  const folderOf = (sha256: string) => join(blobs, sha256.slice(0, 2));
  const fileOf = (sha256: string) => join(folderOf(sha256), sha256);

  return {
    root,
    async stage(content, options) {
      for (const made of await makeFolder(uploads)) await syncFolder(join(made, '..'));
      const file = join(uploads, randomUUID());
      try {
        return { ...(await writeDurably(file, content, options)), file };
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
    keep({ sha256, file }) {
      const folder = folderOf(sha256);
      if (mkdirSync(folder, { recursive: true }) !== undefined) {
        syncFolderSync(blobs);
        syncFolderSync(root);
      }
      // Also over equal content: what the disk has damaged is whole again.
      replaceFile(file, fileOf(sha256));
      syncFolderSync(folder);
    },
    discard: ({ file }) => rm(file, { force: true }),
    open: (sha256) => open(fileOf(sha256), constants.O_RDONLY | NO_FOLLOW),
    async *list() {
      for (const prefix of await namesIn(blobs)) {
        // What a link leads to is none of ours.
        if ((await statOf(join(blobs, prefix)))?.isDirectory() !== true) continue;
        for (const sha256 of await namesIn(join(blobs, prefix))) {
          if (!isSha256(sha256) || !sha256.startsWith(prefix)) continue;
          const found = await statOf(fileOf(sha256));
          if (found !== undefined) yield { sha256, sizeBytes: found.size };
        }
      }
    },
    remove: (sha256) => rmSync(fileOf(sha256), { force: true }),
    async removeStaged(before) {
      for (const name of await namesIn(uploads)) {
        if (!UPLOAD_NAME.test(name)) continue;
        const file = join(uploads, name);
        const found = await statOf(file);
        if (found !== undefined && found.mtimeMs < before) await rm(file, { force: true });
      }
    },
  };
}

/** Whether a text is a digest as files are named after. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function replaceFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Windows replaces no file that somebody reads; the content is the same.
    if (process.platform !== 'win32' || !existsSync(to)) throw error;
    rmSync(from, { force: true });
  }
}

/** Undefined where somebody has removed it meanwhile. */
async function statOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
