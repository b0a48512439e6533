/** One step forward of a long piece of work. */
export interface Progress {
  /** What is being done: `cross-validate`, `train`, `score`. */
  readonly stage: string;
  /** Steps done so far, out of `total`. */
  readonly done: number;
  readonly total: number;
  /** A few words about the step just done, such as `fold 3 of 5`. */
  readonly detail?: string;
}

/** Called from time to time during long work; must not throw. */
export type ProgressListener = (progress: Progress) => void;
