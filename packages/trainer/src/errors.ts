import { GnuMlopsError, type Task } from '@gnu-mlops/core';
import type { Finding } from '@gnu-mlops/preprocess';

/** The caller's signal ended the training. */
export class TrainingCancelledError extends GnuMlopsError {
  static readonly code = 'TRAINER_CANCELLED';

  constructor(reason: unknown) {
    super(TrainingCancelledError.code, 'Training was cancelled by its signal; there is no model.', {
      cause: reason,
    });
  }
}

/** A worker thread died, or what it did failed. */
export class TrainingWorkerError extends GnuMlopsError {
  static readonly code = 'TRAINER_WORKER_FAILED';

  constructor(cause: unknown) {
    super(
      TrainingWorkerError.code,
      `A worker thread of the training failed (${cause instanceof Error ? cause.message : String(cause)}). ` +
        "Pass threads: 1 to train on the caller's thread alone; the model is the same.",
      { cause },
    );
  }
}

/** A fit needs more memory than it can have. */
export class TrainingMemoryError extends GnuMlopsError {
  static readonly code = 'TRAINER_MEMORY_EXCEEDED';
  readonly sizeBytes: number;

  constructor(
    need: {
      readonly bytes: number;
      readonly rowCount: number;
      readonly featureCount: number;
      /** What else would do; default: fewer threads. */
      readonly instead?: string;
    },
    cause: unknown,
  ) {
    const gigabytes = (need.bytes / 2 ** 30).toFixed(2);
    const limit =
      cause === undefined ? 'a fit can have at most 4 GiB' : 'the machine did not give them';
    super(
      TrainingMemoryError.code,
      `Learning from ${need.rowCount} rows x ${need.featureCount} features takes ${gigabytes} GiB of ` +
        `memory at once, and ${limit}. Train on fewer rows or features, ` +
        `${need.instead ?? 'use fewer threads'}, or train where the data are, on Spark.`,
      { cause },
    );
    this.sizeBytes = need.bytes;
  }
}

/** No algorithm has this name. */
export class AlgorithmUnknownError extends GnuMlopsError {
  static readonly code = 'TRAINER_UNKNOWN_ALGORITHM';
  readonly algorithm: string;

  constructor(algorithm: string, facts: { nearest: string | undefined; known: readonly string[] }) {
    const hint = facts.nearest === undefined ? '' : ` Did you mean "${facts.nearest}"?`;
    super(
      AlgorithmUnknownError.code,
      `There is no algorithm "${algorithm}".${hint} Known: ${facts.known.join(', ')}.`,
    );
    this.algorithm = algorithm;
  }
}

/** The algorithm does not learn this kind of target. */
export class TaskUnsupportedError extends GnuMlopsError {
  static readonly code = 'TRAINER_TASK_UNSUPPORTED';
  readonly algorithm: string;
  readonly task: Task;

  constructor(algorithm: string, task: Task, alternatives: readonly string[]) {
    super(
      TaskUnsupportedError.code,
      `The algorithm "${algorithm}" does no ${task}. Use one of ${alternatives.join(', ')}.`,
    );
    this.algorithm = algorithm;
    this.task = task;
  }
}

/** What other libraries call the number of threads among the hyperparameters. */
const THREAD_COUNTS = /^(n_jobs|n_?threads?|num_threads?|thread_count)$/;

const THREAD_HINT =
  ' The number of threads does not change a model, so it is none of them: it is `threads` of what ' +
  'surrounds a fit, training.n_jobs of the configuration and --jobs of the command line.';

/** The algorithm has no such hyperparameter. */
export class HyperparameterUnknownError extends GnuMlopsError {
  static readonly code = 'TRAINER_UNKNOWN_HYPERPARAMETER';
  readonly algorithm: string;
  readonly hyperparameter: string;
  readonly nearest: string | undefined;

  constructor(
    algorithm: string,
    hyperparameter: string,
    facts: { nearest: string | undefined; known: readonly string[] },
  ) {
    const nearest = facts.nearest === undefined ? '' : ` Did you mean "${facts.nearest}"?`;
    const hint = THREAD_COUNTS.test(hyperparameter) ? THREAD_HINT : nearest;
    super(
      HyperparameterUnknownError.code,
      `The algorithm "${algorithm}" has no hyperparameter "${hyperparameter}".${hint} ` +
        `Known: ${facts.known.join(', ')}.`,
    );
    this.algorithm = algorithm;
    this.hyperparameter = hyperparameter;
    this.nearest = facts.nearest;
  }
}

/** A hyperparameter has a value that the algorithm cannot use. */
export class HyperparameterInvalidError extends GnuMlopsError {
  static readonly code = 'TRAINER_HYPERPARAMETER_INVALID';
  readonly algorithm: string;
  readonly hyperparameter: string;

  constructor(
    algorithm: string,
    hyperparameter: string,
    facts: { value: unknown; accepts: string },
  ) {
    super(
      HyperparameterInvalidError.code,
      `The hyperparameter "${hyperparameter}" of "${algorithm}" is ${JSON.stringify(facts.value)}; ` +
        `it must be ${facts.accepts}.`,
    );
    this.algorithm = algorithm;
    this.hyperparameter = hyperparameter;
  }
}

/** There are no rows or no features to learn from. */
export class MatrixEmptyError extends GnuMlopsError {
  static readonly code = 'TRAINER_MATRIX_EMPTY';

  constructor(rowCount: number, featureCount: number) {
    super(
      MatrixEmptyError.code,
      `There is nothing to learn from: ${rowCount} rows of a weight above 0, ${featureCount} ` +
        'features. Give at least one row and one feature.',
    );
  }
}

/** All rows belong to one class. */
export class OneClassError extends GnuMlopsError {
  static readonly code = 'TRAINER_ONE_CLASS';

  constructor(className: string, rowCount: number) {
    super(
      OneClassError.code,
      `All ${rowCount} training rows are of class "${className}"; a classifier needs rows of at ` +
        'least two. Check the target column and any filter on the rows.',
    );
  }
}

/** Target, weights or a feature column do not fit the rows. */
export class TrainingInputError extends GnuMlopsError {
  static readonly code = 'TRAINER_INPUT_INVALID';
  /** `target`, `weights`, or the feature's name. */
  readonly subject: string;

  constructor(subject: string, problem: string) {
    super(TrainingInputError.code, problem);
    this.subject = subject;
  }
}

/** A feature has missing values that the algorithm cannot use. */
export class FeatureMissingValuesError extends GnuMlopsError {
  static readonly code = 'TRAINER_FEATURE_MISSING_VALUES';
  readonly feature: string;
  readonly missingCount: number;
  /** 0-based. */
  readonly firstRow: number;

  constructor(
    feature: string,
    facts: { algorithm: string; missingCount: number; firstRow: number },
  ) {
    super(
      FeatureMissingValuesError.code,
      `The feature "${feature}" has ${facts.missingCount} missing values, the first in row ` +
        `${facts.firstRow + 1}; "${facts.algorithm}" cannot use them. Impute the column in the recipe, ` +
        'or train a random_forest.',
    );
    this.feature = feature;
    this.missingCount = facts.missingCount;
    this.firstRow = facts.firstRow;
  }
}

/** A feature's values are codes without an order, and the algorithm multiplies them. */
export class FeatureCategoricalError extends GnuMlopsError {
  static readonly code = 'TRAINER_FEATURE_CATEGORICAL';
  readonly feature: string;

  constructor(feature: string, algorithm: string) {
    super(
      FeatureCategoricalError.code,
      `The feature "${feature}" holds category codes, which "${algorithm}" would take for amounts. ` +
        'One-hot encode the column in the recipe.',
    );
    this.feature = feature;
  }
}

/** An iterative fit did not reach its tolerance. */
export class NotConvergedError extends GnuMlopsError {
  static readonly code = 'TRAINER_NOT_CONVERGED';
  readonly iterations: number;
  /** The largest entry of the gradient, which should be at most `tol`. */
  readonly gradient: number;

  constructor(algorithm: string, facts: { iterations: number; gradient: number; tol: number }) {
    super(
      NotConvergedError.code,
      `"${algorithm}" stopped after ${facts.iterations} iterations with a gradient of ` +
        `${facts.gradient.toExponential(2)}, above tol = ${facts.tol}. Standardise the features, ` +
        'raise max_iter, lower C, or accept a larger tol.',
    );
    this.iterations = facts.iterations;
    this.gradient = facts.gradient;
  }
}

/** The loss of an iterative fit grew beyond all numbers. */
export class TrainingDivergedError extends GnuMlopsError {
  static readonly code = 'TRAINER_DIVERGED';
  /** Or round; counted from 1. */
  readonly epoch: number;

  constructor(algorithm: string, epoch: number) {
    super(
      TrainingDivergedError.code,
      algorithm === 'neural_network'
        ? `The loss of "${algorithm}" was no longer a finite number in epoch ${epoch}. Standardise the ` +
            'features in the recipe, or lower learning_rate_init.'
        : `Gradients or leaves of "${algorithm}" were too large to be summed up in round ${epoch}. Lower ` +
            'learning_rate, or bring the target and the weights to smaller units.',
    );
    this.epoch = epoch;
  }
}

/** The table cannot be trained on; the findings say why. */
export class TableUnfitError extends GnuMlopsError {
  static readonly code = 'TRAINER_TABLE_UNFIT';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const errors = findings.filter((finding) => finding.severity === 'error');
    super(
      TableUnfitError.code,
      `The table cannot be trained on: ${errors.map((finding) => finding.message).join(' ')}`,
    );
    this.findings = findings;
  }
}

/** An option of a training is out of its range. */
export class TrainingOptionError extends GnuMlopsError {
  static readonly code = 'TRAINER_OPTION_INVALID';
  readonly option: string;

  constructor(option: string, facts: { value: unknown; accepts: string }) {
    super(
      TrainingOptionError.code,
      `The training option "${option}" is ${String(facts.value)}; it must be ${facts.accepts}.`,
    );
    this.option = option;
  }
}

/** A row to evaluate on has a class that the model has never seen. */
export class ClassUnknownError extends GnuMlopsError {
  static readonly code = 'TRAINER_CLASS_UNKNOWN';
  readonly className: string;

  constructor(className: string, known: readonly string[]) {
    super(
      ClassUnknownError.code,
      `The target has the class "${className}", which the model does not know (it knows ` +
        `${known.join(', ')}). Evaluate on rows of known classes, or train again.`,
    );
    this.className = className;
  }
}
