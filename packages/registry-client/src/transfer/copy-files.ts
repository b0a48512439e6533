import type { Artifact, ArtifactStream } from '../entities.ts';
import { ArtifactDamagedError } from '../artifact-errors.ts';
import type { Registry } from '../registry.ts';
import { walkArtifacts } from '../walk-artifacts.ts';
import { letGo } from '../with-content.ts';
import type { CopySession } from './copy-session.ts';

/** Files to copy, and where to. */
export interface FileCopy {
  readonly files: readonly Artifact[];
  readonly open: (path: string) => Promise<ArtifactStream>;
  /** The run or logged model at the target. */
  readonly ownerId: string;
  /** Below which folder of it; default: its root. */
  readonly folder?: string;
  /** `new`: nothing is there yet, so nobody looks. Default `resumed`. */
  readonly place?: 'new' | 'resumed';
}

/** How much was copied. */
export interface CopiedFiles {
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/**
 * Copy files as streams. Those that are there already, with the same SHA-256, are not copied again;
 * on registries that keep no digests all are.
 *
 * @throws {ArtifactDamagedError} when other bytes arrive than were sent, or not all of them are there
 *   in the end.
 */
export async function copyFiles(
  { target, context }: CopySession,
  { files, open, ownerId, folder = '', place = 'resumed' }: FileCopy,
): Promise<CopiedFiles> {
  const { signal } = context;
  const options = signal === undefined ? {} : { signal };
  const pathAt = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  const isNew = place === 'new' || files.length === 0;
  const before = isNew ? new Map<string, Artifact>() : await filesByPath(target, ownerId);
  let fileCount = 0;
  let sizeBytes = 0;
  for (const file of files) {
    signal?.throwIfAborted();
    const path = pathAt(file.path);
    if (isSame(file, before.get(path))) continue;
    const { content, ...known } = await open(file.path);
    const sha256 = known.sha256 ?? file.sha256;
    const expected = {
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(known.sizeBytes === undefined ? {} : { sizeBytes: known.sizeBytes }),
    };
    const sent = target.uploadArtifact(ownerId, path, content, { ...options, expected });
    const digest = await sent.catch(async (error: unknown) => {
      await letGo(content);
      throw error;
    });
    fileCount++;
    sizeBytes += digest.sizeBytes;
  }
  if (fileCount > 0) await checkArrived(target, ownerId, { files, pathAt });
  return { fileCount, sizeBytes };
}

function isSame(file: Artifact, there: Artifact | undefined): boolean {
  return file.sha256 !== undefined && file.sha256 === there?.sha256;
}

async function checkArrived(
  target: Registry,
  ownerId: string,
  copy: { readonly files: readonly Artifact[]; readonly pathAt: (path: string) => string },
): Promise<void> {
  const after = await filesByPath(target, ownerId);
  for (const file of copy.files) {
    const path = copy.pathAt(file.path);
    const found = after.get(path);
    if (found === undefined) {
      throw new ArtifactDamagedError({ ownerId, path }, 'it was written and is not there');
    }
    if (file.sizeBytes !== undefined && found.sizeBytes !== file.sizeBytes) {
      throw new ArtifactDamagedError(
        { ownerId, path },
        `it has ${found.sizeBytes} bytes where its original has ${file.sizeBytes}`,
      );
    }
  }
}

async function filesByPath(target: Registry, ownerId: string): Promise<Map<string, Artifact>> {
  const files = new Map<string, Artifact>();
  for await (const file of walkArtifacts(target, { ownerId })) files.set(file.path, file);
  return files;
}
