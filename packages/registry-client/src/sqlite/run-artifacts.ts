import type { Artifact, ArtifactDigest } from '../entities.ts';
import { SourceUnsupportedError } from '../errors.ts';
import type { RunPlace } from '../local-artifacts.ts';
import { parseRunsUri } from '../model-source.ts';
import { sha256Hex } from '../sha256.ts';
import { activeRunRow, runRow } from './run-rows.ts';
import type { Store } from './store.ts';
import { versionRow } from './version-rows.ts';

/** @throws {RunNotFoundError | DeletedError | ArtifactPathError | DiskFullError} */
export async function uploadArtifact(
  store: Store,
  { runId, path }: { readonly runId: string; readonly path: string },
  content: Uint8Array,
): Promise<ArtifactDigest> {
  const { experiment_id: experimentId } = activeRunRow(store, runId);
  await store.artifacts.write({ experimentId: String(experimentId), runId }, path, content);
  return { sizeBytes: content.length, sha256: sha256Hex(content) };
}

/** @throws {RunNotFoundError | ArtifactNotFoundError | ArtifactPathError} */
export async function downloadArtifact(
  store: Store,
  runId: string,
  path: string,
): Promise<Uint8Array> {
  return store.artifacts.read(placeOf(store, runId), path);
}

/** @throws {RunNotFoundError | ArtifactPathError} */
export async function listArtifacts(
  store: Store,
  runId: string,
  folder: string | undefined,
): Promise<Artifact[]> {
  return store.artifacts.list(placeOf(store, runId), folder);
}

/**
 * One file of the folder that a version's source names.
 *
 * @throws {ModelVersionNotFoundError | SourceUnsupportedError | RunNotFoundError}
 * @throws {ArtifactNotFoundError | ArtifactPathError}
 */
export async function downloadModelFile(
  store: Store,
  { name, version }: { readonly name: string; readonly version: string },
  path: string,
): Promise<Uint8Array> {
  const { source } = versionRow(store, name, version);
  const place = parseRunsUri(source) ?? store.artifacts.locate(source);
  if (place === undefined) throw new SourceUnsupportedError(name, version, source);
  return downloadArtifact(
    store,
    place.runId,
    place.folder === '' ? path : `${place.folder}/${path}`,
  );
}

function placeOf(store: Store, runId: string): RunPlace {
  return { experimentId: String(runRow(store, runId).experiment_id), runId };
}
