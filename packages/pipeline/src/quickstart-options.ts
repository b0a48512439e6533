import type { Task } from '@gnu-mlops/core';
import type { SampleOptions } from '@gnu-mlops/data';
import type { StageGates } from './stage-gates.ts';
import type { TrainingRunOptions } from './training-options.ts';
import type { FileSource, TableSource } from './training-source.ts';

/** What a quick start learns from. */
export type QuickstartData = SampleData | OwnData;

/** Rows that the documented, seeded generator of `@gnu-mlops/data` makes. */
export type SampleData = SampleOptions;

/** Rows of the caller's. */
export interface OwnData {
  readonly kind: 'own';
  readonly source: FileSource | TableSource;
  /** The column to predict. It is never guessed. */
  readonly target: string;
  /** Default: by the target's kind. */
  readonly task?: Task;
  /** The columns to learn from; default: all but the target. */
  readonly features?: readonly string[];
}

/** Folders of a quick start; each is made when it is not there. */
export interface QuickstartFolders {
  /** Generated sample files. */
  readonly data: string;
  /** Files that wait to be scored. */
  readonly input: string;
  /** Scored files. */
  readonly output: string;
  /** Inputs that were scored. */
  readonly archive: string;
}

/** What {@link runQuickstart} needs. */
export interface QuickstartOptions extends TrainingRunOptions {
  readonly data: QuickstartData;
  /** The gates in front of the stages; the task may be known only once the data are read. */
  readonly gatesFor: (task: Task) => StageGates;
  readonly folders: QuickstartFolders;
  /** The batch ledger's file. */
  readonly ledgerPath: string;
  /** Rows scored, and held in memory, at a time. */
  readonly batchRows: number;
  /** Who promotes, as the deployment ledger shall name it. */
  readonly actor: string;
}
