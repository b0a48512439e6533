/** What is known about how a version was made and how good it is. */
export interface VersionEvidence {
  /** Of the run that made the version; empty where no run is known. */
  readonly metrics: { readonly [metric: string]: number };
  readonly runId?: string;
  readonly algorithm?: string;
  /** Digest of the table that the version was trained on. */
  readonly dataDigest?: string;
  /**
   * Where its rows came from, by the run's tag `gnu_mlops.data_source`, commas between several; `sample`:
   * made up.
   */
  readonly dataSource?: string;
}
