import type { ArtifactDigest } from './entities.ts';

/** How a call that may take long is made. */
export interface CallOptions {
  /** Aborted, the call rejects with the signal's reason; what it has written by then may stay. */
  readonly signal?: AbortSignal;
}

/** How an artifact is written. */
export interface UploadOptions extends CallOptions {
  /**
   * What the bytes must turn out to be; where they do not, nothing is kept. Storage that wants a length
   * before the bytes takes a large stream as such only where `sizeBytes` says it.
   */
  readonly expected?: Partial<ArtifactDigest>;
}
