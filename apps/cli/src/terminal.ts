/** Everything outside the process that a command may touch, so that a test can stand in for it. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the person interrupts (Ctrl-C) or the system ends the program. */
  readonly signal: AbortSignal;
  /** Whether a person watches standard error: a bar is drawn, not lines. */
  readonly isInteractive: boolean;
  /** Whether standard output takes colours. */
  readonly hasColor: boolean;
  /** Who is at work, for runs and the ledger. */
  readonly userId: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Results: standard output. */
  writeOutput(text: string): void;
  /** Progress, notes and errors: standard error. */
  writeNote(text: string): void;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
}
