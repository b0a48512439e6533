import type { PredictionColumns } from './prediction-columns.ts';

/** What became of one waiting file. */
export interface FileReport {
  /** The file's name within the input folder. */
  readonly file: string;
  /**
   * `scored`: by this run. `failed`: it stays where it is, `error` says why. `skipped`: not touched,
   * `reason` says why. `leased`: another process is at work on it.
   */
  readonly status: 'scored' | 'failed' | 'skipped' | 'leased';
  /** Only for a skipped file. */
  readonly reason?: SkipReason;
  /** Data rows scored by this run; 0 unless `scored`. */
  readonly rows: number;
  /** Path of the scored file. */
  readonly output?: string;
  /** The names that the added columns got; only for a scored file. */
  readonly columns?: PredictionColumns;
  /** Path of the input in the archive. */
  readonly archivedTo?: string;
  /** For a failed file; and for one that is scored but could not be archived. */
  readonly error?: FileError;
  readonly durationMs: number;
}

/**
 * `already_scored`: by this model version. `still_being_written`: it changed too short a time ago.
 * `gone`: it vanished after the folder was listed. `aborted`: the run was asked to stop.
 */
export type SkipReason = 'already_scored' | 'still_being_written' | 'gone' | 'aborted';

/** An error as plain data. */
export interface FileError {
  /** A stable code, of this package or of the one that raised it. */
  readonly code: string;
  readonly message: string;
}

/** What a batch run did, file by file in the order of their names. */
export interface BatchReport {
  /** The model that scored: `name/version`, or `sha256:<digest>` of one without a version. */
  readonly model: string;
  readonly files: readonly FileReport[];
  /** Files with that status. */
  readonly scored: number;
  readonly failed: number;
  readonly skipped: number;
  readonly leased: number;
  /** Data rows scored by this run. */
  readonly rows: number;
  /** Whether the run was asked to stop before it had seen every file. */
  readonly isAborted: boolean;
  readonly durationMs: number;
}

/** The totals of the files' reports. */
export function summarizeFiles(
  files: readonly FileReport[],
): Pick<BatchReport, 'scored' | 'failed' | 'skipped' | 'leased' | 'rows'> {
  const countOf = (status: FileReport['status']) =>
    files.filter((file) => file.status === status).length;
  return {
    scored: countOf('scored'),
    failed: countOf('failed'),
    skipped: countOf('skipped'),
    leased: countOf('leased'),
    rows: files.reduce((sum, file) => sum + file.rows, 0),
  };
}
