import { join } from 'node:path';

/** Where the parts of an offline run are, below its folder. */
export interface OfflineLayout {
  readonly journal: string;
  /** Files by their SHA-256, so that one that is written again leaves the first whole. */
  readonly blobs: string;
  blob(sha256: string): string;
  /** Says which run of a registry this one became. */
  claim(registryKey: string): string;
}

/** The layout of an offline run's folder. */
export function offlineLayout(folder: string): OfflineLayout {
  const blobs = join(folder, 'blobs');
  return {
    journal: join(folder, 'journal.jsonl'),
    blobs,
    blob: (sha256) => join(blobs, sha256),
    claim: (registryKey) => join(folder, `synced-${registryKey}.json`),
  };
}
