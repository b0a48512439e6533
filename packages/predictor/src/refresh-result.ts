import type { ModelVersion } from '@gnu-mlops/registry-client';

/** What a look at the registry came to. */
export type RefreshResult =
  | { readonly status: 'unchanged' }
  | { readonly status: 'swapped'; readonly from: ModelVersion; readonly to: ModelVersion }
  /** The registry or the new model could not be read; the old model goes on serving. */
  | { readonly status: 'failed'; readonly error: unknown };
