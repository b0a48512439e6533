import type { LocalArtifacts } from '../local-artifacts.ts';
import type { SqlConnection } from './connection.ts';

/** What every operation of the embedded registry works on. */
export interface Store {
  readonly db: SqlConnection;
  readonly artifacts: LocalArtifacts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly userId: string;
}
