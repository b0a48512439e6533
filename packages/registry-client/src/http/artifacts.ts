import { checkArtifactPath } from '../artifact-path.ts';
import type { CallOptions, UploadOptions } from '../call-options.ts';
import type { Artifact, ArtifactContent, ArtifactDigest, ArtifactStream } from '../entities.ts';
import { ArtifactNotFoundError } from '../artifact-errors.ts';
import { DeletedError } from '../conflict-errors.ts';
import { withContent } from '../with-content.ts';
import type { ArtifactOwner } from './artifact-store.ts';
import { digestContent } from './digest-content.ts';
import { getLoggedModel } from './logged-models.ts';
import type { Remote } from './remote.ts';
import { getRun } from './runs.ts';

/** An artifact by its owner, a run or logged model, and its path. */
export interface ArtifactKey {
  readonly ownerId: string;
  readonly path: string;
}

/**
 * Write one artifact whole.
 *
 * @throws {RunNotFoundError | LoggedModelNotFoundError | DeletedError | ArtifactPathError}
 * @throws {ArtifactDamagedError} when the content is not what was announced.
 * @throws {ArtifactLocationError} when the server does not pass on where it would lie.
 */
export async function uploadArtifact(
  remote: Remote,
  { ownerId, path }: ArtifactKey,
  { content, expected, signal }: UploadOptions & { readonly content: ArtifactContent },
): Promise<ArtifactDigest> {
  return withContent(content, async (begun) => {
    checkArtifactPath(path);
    const owner = await findOwner(remote, ownerId, 'write');
    const digested = digestContent(begun, { ownerId, path }, expected);
    const sizeBytes = begun instanceof Uint8Array ? begun.length : expected?.sizeBytes;
    const file = { content: digested.content, sizeBytes, ...(signal && { signal }) };
    await remote.artifacts.upload(owner, path, file);
    return digested.digest();
  });
}

/** @throws {RunNotFoundError | LoggedModelNotFoundError | ArtifactNotFoundError | ArtifactPathError} */
export async function openArtifact(
  remote: Remote,
  { ownerId, path }: ArtifactKey,
  options: CallOptions,
): Promise<ArtifactStream> {
  checkArtifactPath(path);
  return remote.artifacts.open(await findOwner(remote, ownerId, 'read'), path, options);
}

/** @throws {RunNotFoundError | LoggedModelNotFoundError | ArtifactPathError} */
export async function listArtifacts(
  remote: Remote,
  { ownerId, folder = '' }: { readonly ownerId: string; readonly folder?: string | undefined },
  options: CallOptions,
): Promise<Artifact[]> {
  if (folder !== '') checkArtifactPath(folder);
  const owner = await findOwner(remote, ownerId, 'read');
  return sortByPath(await remote.artifacts.list(owner, folder, options));
}

/** @throws {RunNotFoundError | LoggedModelNotFoundError | ArtifactNotFoundError | DeletedError} */
export async function deleteArtifact(
  remote: Remote,
  { ownerId, path }: ArtifactKey,
): Promise<void> {
  checkArtifactPath(path);
  const owner = await findOwner(remote, ownerId, 'write');
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const siblings = await remote.artifacts.list(owner, folder, {});
  if (!siblings.some((sibling) => sibling.path === path)) {
    throw new ArtifactNotFoundError(ownerId, path);
  }
  await remote.artifacts.remove(owner, path);
}

/** In the order of the paths, compared by code units. */
export function sortByPath(artifacts: readonly Artifact[]): Artifact[] {
  return [...artifacts].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function findOwner(
  remote: Remote,
  ownerId: string,
  purpose: 'read' | 'write',
): Promise<ArtifactOwner> {
  if (ownerId.startsWith('m-')) {
    const { artifactUri } = await getLoggedModel(remote, ownerId);
    return { kind: 'logged model', ownerId, artifactUri };
  }
  const { artifactUri, lifecycleStage } = await getRun(remote, ownerId);
  if (purpose === 'write' && lifecycleStage === 'deleted') throw new DeletedError('run', ownerId);
  return { kind: 'run', ownerId, artifactUri };
}
