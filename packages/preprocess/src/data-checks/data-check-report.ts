import type { DataCheck } from './data-check.ts';

/** `warn` and `fail` are failed checks of that severity. */
export type CheckStatus = 'pass' | 'warn' | 'fail';

/** What one check found. */
export interface DataCheckResult {
  readonly check: DataCheck;
  readonly status: CheckStatus;
  /** What was measured and where it went wrong. */
  readonly message: string;
  /** Rows that break the check, where it looks at rows. */
  readonly failingCount: number;
  /** The first of them, 0-based; at most five. */
  readonly firstRows: readonly number[];
}

/** What all checks found. Plain JSON. */
export interface DataCheckReport {
  readonly rowCount: number;
  /** The worst of the results. */
  readonly status: CheckStatus;
  /** In the order of the checks. */
  readonly results: readonly DataCheckResult[];
}
