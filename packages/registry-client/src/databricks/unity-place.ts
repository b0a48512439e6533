import type { ModelVersion } from '../entities.ts';
import type { VersionKey } from '../http/model-store.ts';
import { type Wire, get } from '../http/remote.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import type { CloudStorage } from './cloud/cloud-storage.ts';
import { keepCredentials } from './cloud/kept-credentials.ts';
import { openCloudStorage } from './cloud/open-cloud-storage.ts';
import type { S3Options } from './cloud/s3-endpoint.ts';
import type { StoragePurpose } from './cloud/temporary-credentials.ts';
import type { UnityDialect } from './unity-dialect.ts';

const FLAG = 'unity-catalog/registered-models:is-databricks-sdk-models-artifact-repository-enabled';

/** How the files of a version are reached. */
export type UnityPlace =
  | { readonly kind: 'files-api' }
  /** By addresses that the service signs. */
  | { readonly kind: 'signed' }
  /** By keys for a cloud's storage that belongs to the customer. */
  | { readonly kind: 'cloud'; readonly storage: CloudStorage };

/** What finding a place needs. */
export interface UnityPlaces {
  readonly wire: Wire;
  readonly dialect: UnityDialect;
  readonly storage: S3Options;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An administrator may change what is true of a place while we run. */
const KEPT_MS = 60_000;
const MOST_KEPT = 32;

/** A version; one of the same number may follow in another model of the same name. */
export type DatedVersion = Pick<ModelVersion, 'name' | 'version' | 'creationTime'>;

/**
 * Finds how the files of versions are reached, as the service says: through the Files API where the
 * workspace has turned that on for models, by signed addresses in the service's default storage, and
 * by temporary keys of a cloud in a customer's. What is found for reading is kept for a minute.
 */
export function createPlaceFinder(
  places: UnityPlaces,
): (version: DatedVersion, purpose: StoragePurpose) => Promise<UnityPlace> {
  const { now } = places;
  const kept = new Map<string, { readonly place: UnityPlace; readonly foundAt: number }>();
  return async (version, purpose) => {
    if (purpose === 'READ_WRITE') return findPlace(places, version, purpose);
    const id = JSON.stringify([version.name, version.version, version.creationTime]);
    const known = kept.get(id);
    if (known !== undefined && Math.abs(now() - known.foundAt) < KEPT_MS) return known.place;
    const place = await findPlace(places, version, purpose);
    kept.delete(id);
    kept.set(id, { place, foundAt: now() });
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
    return place;
  };
}

/** What errors call a version. */
export function subjectOf({ name, version }: VersionKey): string {
  return `version ${version} of "${name}"`;
}

async function findPlace(
  { wire, dialect, storage, now }: UnityPlaces,
  key: VersionKey,
  purpose: StoragePurpose,
): Promise<UnityPlace> {
  if (await usesFilesApi(wire)) return { kind: 'files-api' };
  const credentials = keepCredentials(() => dialect.getCredentials(key, purpose), now);
  const { storageMode } = await credentials.current();
  if (storageMode === 'DEFAULT_STORAGE') return { kind: 'signed' };
  const location = await dialect.getDownloadUri(key);
  const surroundings = { wire, credentials, subject: subjectOf(key), location, now };
  return { kind: 'cloud', storage: openCloudStorage(surroundings, storage) };
}

async function usesFilesApi(wire: Wire): Promise<boolean> {
  try {
    const answer = await get(wire, FLAG, {});
    return answer['is_databricks_sdk_models_artifact_repository_enabled'] === true;
  } catch (error) {
    // A workspace that does not know the question has not turned it on.
    if (error instanceof RemoteRefusedError) return false;
    throw error;
  }
}
