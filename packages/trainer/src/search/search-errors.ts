import { GnuMlopsError } from '@gnu-mlops/core';

/** A search space cannot be searched. */
export class SearchSpaceError extends GnuMlopsError {
  static readonly code = 'TRAINER_HYPERPARAMETER_SPACE_INVALID';
  /** The hyperparameter at fault; empty when it is the space as a whole. */
  readonly hyperparameter: string;

  constructor(hyperparameter: string, problem: string) {
    const where =
      hyperparameter === '' ? 'The search space' : `"${hyperparameter}" of the search space`;
    super(SearchSpaceError.code, `${where} ${problem}`);
    this.hyperparameter = hyperparameter;
  }
}

/** Every trial of a search failed. */
export class SearchFruitlessError extends GnuMlopsError {
  static readonly code = 'TRAINER_SEARCH_FRUITLESS';

  constructor(trialCount: number, firstError: string) {
    super(
      SearchFruitlessError.code,
      `None of ${trialCount} trials was completed, so there is no best one. The first failed so: ${firstError}`,
    );
  }
}

/** A worker thread of a search died. */
export class SearchWorkerError extends GnuMlopsError {
  static readonly code = 'TRAINER_SEARCH_WORKER_FAILED';

  constructor(cause: unknown) {
    super(
      SearchWorkerError.code,
      `A worker thread that tried hyperparameters died (${cause instanceof Error ? cause.message : String(cause)}). ` +
        'Pass concurrency: 1 to try them in the thread of the caller.',
      { cause },
    );
  }
}
