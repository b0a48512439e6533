import { ArtifactLocationError } from '../../remote-errors.ts';
import { createAzureStorage } from './azure-storage.ts';
import type { CloudSurroundings } from './cloud-client.ts';
import { parseCloudLocation } from './cloud-location.ts';
import type { CloudStorage } from './cloud-storage.ts';
import { createGcsStorage } from './gcs-storage.ts';
import { type S3Options, findS3Endpoint } from './s3-endpoint.ts';
import { createS3Storage } from './s3-storage.ts';

const UNKNOWN =
  'Storage at s3:, abfss:, gs: and r2: is reached. Let an administrator turn on access to models through the Files API, or move the schema.';
const NO_REGION =
  'Amazon does not say which region its bucket is in. Name it by the option "storage.region".';

/**
 * Open the storage that the files of a version lie in. Nothing is sent before it is used.
 *
 * @throws {ArtifactLocationError} for a storage that is not known here.
 */
export function openCloudStorage(
  surroundings: CloudSurroundings,
  options: S3Options,
): CloudStorage {
  const { location, subject, wire } = surroundings;
  const parsed = parseCloudLocation(location);
  if (parsed === undefined) {
    const scheme = /^\w+/.exec(location)?.[0] ?? '';
    throw new ArtifactLocationError(subject, scheme, UNKNOWN);
  }
  if (parsed.cloud === 'abfss') return createAzureStorage(parsed, surroundings);
  if (parsed.cloud === 'gs') return createGcsStorage(parsed, surroundings);
  let found: ReturnType<typeof findS3Endpoint> | undefined;
  const endpoint = async () => {
    found ??= findS3Endpoint(wire, parsed, options).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    const known = await found;
    if (known === undefined) throw new ArtifactLocationError(subject, parsed.cloud, NO_REGION);
    return known;
  };
  return createS3Storage(parsed, endpoint, surroundings);
}
