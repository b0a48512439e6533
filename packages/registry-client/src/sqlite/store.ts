import type { BlobStore } from './blob-store.ts';
import type { SqlConnection } from './connection.ts';

/** What every operation of the embedded registry works on. */
export interface Store {
  readonly db: SqlConnection;
  readonly blobs: BlobStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly userId: string;
}
