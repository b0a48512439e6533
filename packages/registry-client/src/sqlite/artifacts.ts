import { checkArtifactPath } from '../artifact-path.ts';
import type { CallOptions, UploadOptions } from '../call-options.ts';
import type { Artifact, ArtifactContent, ArtifactDigest, ArtifactStream } from '../entities.ts';
import { ArtifactDamagedError } from '../artifact-errors.ts';
import { withContent } from '../with-content.ts';
import { checkOwner } from './artifact-owners.ts';
import {
  type ArtifactKey,
  listArtifactRows,
  putArtifact,
  removeArtifactRows,
} from './artifact-rows.ts';
import type { StagedBlob } from './blob-store.ts';
import { openBlob } from './open-blob.ts';
import { translateFileError } from './sqlite-errors.ts';
import type { Store } from './store.ts';

/** What is written, and how. */
export interface Upload extends UploadOptions {
  readonly content: ArtifactContent;
}

/**
 * Write one artifact whole: until it is, readers get the one before.
 *
 * @throws {RunNotFoundError | LoggedModelNotFoundError | DeletedError | ArtifactLocationError}
 * @throws {ArtifactPathError | ArtifactDamagedError | DiskFullError}
 */
export async function uploadArtifact(
  store: Store,
  key: ArtifactKey,
  { content, ...options }: Upload,
): Promise<ArtifactDigest> {
  return withContent(content, async (begun, failures) => {
    checkArtifactPath(key.path);
    await store.patiently(() => checkOwner(store, key.ownerId, 'write'));
    options.signal?.throwIfAborted();
    const staged = await stage(store, { content: begun, ...options }, failures);
    return keepStaged(store, key, { staged, ...options });
  });
}

async function keepStaged(
  store: Store,
  key: ArtifactKey,
  { staged, expected }: UploadOptions & { readonly staged: StagedBlob },
): Promise<ArtifactDigest> {
  try {
    checkExpected(key, staged, expected);
    await store.patiently(() =>
      store.db.write('process', () => {
        checkOwner(store, key.ownerId, 'write');
        putArtifact(store, key, staged);
        // Inside the write: no garbage is collected meanwhile.
        store.blobs.keep(staged);
      }),
    );
  } catch (error) {
    await store.blobs.discard(staged);
    throw translateFileError(error, store.blobs.root);
  }
  return { sizeBytes: staged.sizeBytes, sha256: staged.sha256 };
}

/**
 * @throws {RunNotFoundError | LoggedModelNotFoundError | ArtifactNotFoundError | ArtifactPathError}
 * @throws {ArtifactLocationError | ArtifactDamagedError}
 */
export async function openArtifact(
  store: Store,
  key: ArtifactKey,
  options: CallOptions = {},
): Promise<ArtifactStream> {
  checkArtifactPath(key.path);
  checkOwner(store, key.ownerId, 'read');
  options.signal?.throwIfAborted();
  return openBlob(store, key, options.signal);
}

/** The entries right below a folder, sorted by path; none when there is no such folder. */
export function listArtifacts(store: Store, ownerId: string, folder = ''): Artifact[] {
  if (folder !== '') checkArtifactPath(folder);
  checkOwner(store, ownerId, 'read');
  return listArtifactRows(store, ownerId, folder);
}

/** @throws {ArtifactNotFoundError | ArtifactPathError | DeletedError} */
export function deleteArtifact(store: Store, key: ArtifactKey): void {
  checkArtifactPath(key.path);
  store.db.write('process', () => {
    checkOwner(store, key.ownerId, 'write');
    removeArtifactRows(store, key);
  });
}

function checkExpected(
  key: ArtifactKey,
  actual: StagedBlob,
  { sizeBytes = actual.sizeBytes, sha256 = actual.sha256 }: Partial<ArtifactDigest> = {},
): void {
  if (sizeBytes !== actual.sizeBytes) {
    const problem = `${actual.sizeBytes} bytes arrived where ${sizeBytes} were announced`;
    throw new ArtifactDamagedError(key, problem);
  }
  if (sha256.toLowerCase() !== actual.sha256) {
    const problem = `its SHA-256 is ${actual.sha256} where ${sha256} was announced`;
    throw new ArtifactDamagedError(key, problem);
  }
}

/** What the caller's own content throws comes through as it is. */
async function stage(
  store: Store,
  { content, ...options }: Upload,
  failures: readonly unknown[],
): Promise<StagedBlob> {
  try {
    return await store.blobs.stage(content, options);
  } catch (error) {
    if (failures.includes(error) || options.signal?.aborted === true) throw error;
    throw translateFileError(error, store.blobs.root);
  }
}
