import { checkArtifactPath } from '../artifact-path.ts';
import type { CallOptions } from '../call-options.ts';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { SourceUnsupportedError } from '../artifact-errors.ts';
import { type OwnedFolder, locateSource, ownerExperiment } from './artifact-owners.ts';
import { experimentLocation, ownerUri } from './artifact-uris.ts';
import { listArtifacts, openArtifact } from './artifacts.ts';
import type { Store } from './store.ts';
import { type VersionKey, versionRow } from './version-rows.ts';

/**
 * One file of the folder that a version's source names.
 *
 * @throws {ModelVersionNotFoundError | SourceUnsupportedError | ArtifactNotFoundError}
 * @throws {ArtifactPathError | ArtifactDamagedError}
 */
export async function openModelFile(
  store: Store,
  key: VersionKey,
  { path, ...options }: CallOptions & { readonly path: string },
): Promise<ArtifactStream> {
  const { ownerId, folder } = modelFolder(store, key);
  checkArtifactPath(path);
  return openArtifact(store, { ownerId, path: join(folder, path) }, options);
}

/** The entries right below a folder of a version's files; paths are from the version's folder. */
export function listModelFiles(store: Store, key: VersionKey, folder = ''): Artifact[] {
  const place = modelFolder(store, key);
  if (folder !== '') checkArtifactPath(folder);
  const start = place.folder === '' ? 0 : place.folder.length + 1;
  return listArtifacts(store, place.ownerId, join(place.folder, folder)).map((artifact) => ({
    ...artifact,
    path: artifact.path.slice(start),
  }));
}

/** The source of a version, with ours as the URI of where the artifacts lie. */
export function getDownloadUri(store: Store, { name, version }: VersionKey): string {
  const { source } = versionRow(store, name, version);
  const place = locateSource(store, source);
  if (place === undefined) return source;
  const experiment = ownerExperiment(store, place.ownerId);
  return join(ownerUri(experimentLocation(experiment), place.ownerId), place.folder);
}

function modelFolder(store: Store, { name, version }: VersionKey): OwnedFolder {
  const { source } = versionRow(store, name, version);
  const place = locateSource(store, source);
  if (place === undefined) throw new SourceUnsupportedError(name, version, source);
  return place;
}

function join(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder}/${path}`;
}
