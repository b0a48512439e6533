import type { BlobStore } from './blob-store.ts';
import type { SqlConnection } from './connection.ts';
import type { Patiently } from './wait-for-writers.ts';

/** What every operation of the embedded registry works on. */
export interface Store {
  readonly db: SqlConnection;
  readonly blobs: BlobStore;
  /** Around what reads or writes, where it can be done a second time. */
  readonly patiently: Patiently;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly userId: string;
}
