import type { Gate } from './gate.ts';

/** What a gate found. JSON. */
export interface GateVerdict {
  /** The gate's name. */
  readonly gate: string;
  readonly metric: string;
  /** null when the metric is absent or not a finite number. */
  readonly measured: number | null;
  readonly threshold: number;
  readonly direction: Gate['direction'];
  readonly verdict: 'pass' | 'fail' | 'not_enough_evidence';
  /** For a person: `accuracy is 0.61; at least 0.7 is needed`. */
  readonly message: string;
}
