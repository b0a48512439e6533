import { GnuMlopsError } from '@gnu-mlops/core';
import type { Finding } from '@gnu-mlops/preprocess';

/** The table is unfit for training. */
export class DataCheckFailedError extends GnuMlopsError {
  static readonly code = 'PIPELINE_DATA_CHECK_FAILED';
  /** The table's name. */
  readonly table: string;
  /** All of them, errors first, then the warnings. */
  readonly findings: readonly Finding[];

  constructor(table: string, findings: readonly Finding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    super(
      DataCheckFailedError.code,
      `${table} cannot be trained on: ${errors.map(({ message }) => message).join(' ')}`,
    );
    this.table = table;
    this.findings = findings;
  }
}

/** The caller's signal ended the work. */
export class PipelineCancelledError extends GnuMlopsError {
  static readonly code = 'PIPELINE_CANCELLED';

  constructor(reason: unknown) {
    super(
      PipelineCancelledError.code,
      'The work was cancelled by its signal. What was finished before is kept.',
      { cause: reason },
    );
  }
}

/** A tuning cannot go on from the run that was named. */
export class TuningResumeError extends GnuMlopsError {
  static readonly code = 'PIPELINE_OPTION_INVALID';
  readonly runId: string;

  constructor(runId: string, problem: string) {
    super(TuningResumeError.code, `The run ${runId} cannot be resumed: it ${problem}`);
    this.runId = runId;
  }
}
