import { checkArtifactPath } from '../artifact-path.ts';
import type { CallOptions } from '../call-options.ts';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { parseRunsUri } from '../model-source.ts';
import { listArtifacts, openArtifact, sortByPath } from './artifacts.ts';
import { parseLoggedModelUri } from './logged-model-uri.ts';
import type { VersionKey } from './model-store.ts';
import { getModelVersion } from './model-versions.ts';
import type { Remote } from './remote.ts';

/** @throws {ModelVersionNotFoundError | ArtifactPathError | ArtifactLocationError} */
export async function listModelFiles(
  remote: Remote,
  key: VersionKey,
  { folder = '', ...options }: CallOptions & { readonly folder?: string },
): Promise<Artifact[]> {
  const version = await getModelVersion(remote, key);
  if (folder !== '') checkArtifactPath(folder);
  const place = sourcePlace(version.source);
  if (place === undefined || remote.models.keepsFiles) {
    return sortByPath(await remote.models.listFiles(version, folder, options));
  }
  const { ownerId } = place;
  const prefix = place.folder === '' ? '' : `${place.folder}/`;
  const below = folder === '' ? place.folder : `${prefix}${folder}`;
  const found = await listArtifacts(remote, { ownerId, folder: below }, options);
  return found.map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
}

/** @throws {ModelVersionNotFoundError | ArtifactNotFoundError | ArtifactPathError | ArtifactLocationError} */
export async function openModelFile(
  remote: Remote,
  { path, ...key }: VersionKey & { readonly path: string },
  options: CallOptions,
): Promise<ArtifactStream> {
  const version = await getModelVersion(remote, key);
  checkArtifactPath(path);
  const place = sourcePlace(version.source);
  if (place === undefined || remote.models.keepsFiles) {
    return remote.models.openFile(version, path, options);
  }
  const { ownerId, folder } = place;
  const below = folder === '' ? path : `${folder}/${path}`;
  return openArtifact(remote, { ownerId, path: below }, options);
}

/** Whose artifacts a source names; undefined for any other place. */
export function sourcePlace(
  source: string,
): { readonly ownerId: string; readonly folder: string } | undefined {
  const run = parseRunsUri(source);
  if (run !== undefined) return { ownerId: run.runId, folder: run.folder };
  const modelId = parseLoggedModelUri(source);
  return modelId === undefined ? undefined : { ownerId: modelId, folder: '' };
}
