/** What to remove for good. */
export interface GarbageRequest {
  /** Only what was deleted before this time is removed: milliseconds since the epoch. */
  readonly deletedBefore: number;
  /** `plan` (the default) changes nothing and says what `remove` would do. */
  readonly mode?: 'plan' | 'remove';
}

/** What was removed for good, or would be. */
export interface GarbageReport {
  readonly experimentIds: readonly string[];
  readonly runIds: readonly string[];
  readonly loggedModelIds: readonly string[];
  /** Files that nothing refers to any more, and their size together. */
  readonly fileCount: number;
  readonly sizeBytes: number;
}
