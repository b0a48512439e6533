import { GnuMlopsError } from '@gnu-mlops/core';

/** A model's parts contradict each other, or hold numbers that no model can have. */
export class ModelInvalidError extends GnuMlopsError {
  static readonly code = 'MODEL_INVALID';
  /** The part at fault, such as `estimator.leftChild[3]`. */
  readonly where: string;
  /** What is wrong there, as the rest of a sentence. */
  readonly problem: string;

  constructor(where: string, problem: string, options?: ErrorOptions) {
    super(
      ModelInvalidError.code,
      `The model's ${where} ${problem}. It cannot be used: mend what built it, or train it again.`,
      options,
    );
    this.where = where;
    this.problem = problem;
  }
}

/** A matrix has other features than the estimator was fitted on. */
export class FeatureCountError extends GnuMlopsError {
  static readonly code = 'MODEL_FEATURE_COUNT';
  readonly found: number;
  readonly needed: number;

  constructor(found: number, needed: number) {
    super(
      FeatureCountError.code,
      `The matrix has ${found} features where the estimator needs ${needed}. ` +
        "Make the matrix with the recipe of the estimator's own model.",
    );
    this.found = found;
    this.needed = needed;
  }
}

/** A row's score is NaN or infinite. */
export class ScoreNotFiniteError extends GnuMlopsError {
  static readonly code = 'MODEL_SCORE_NOT_FINITE';
  /** 0-based row of the table that was scored. */
  readonly row: number;
  /** The feature that cannot be added up; undefined: no single one is to blame. */
  readonly feature: string | undefined;

  constructor(row: number, feature: string | undefined) {
    const reason =
      feature === undefined
        ? 'its values are too large to add up'
        : `its feature "${feature}" is missing or infinite, which the model cannot add up`;
    super(
      ScoreNotFiniteError.code,
      `Row ${row + 1} has no finite score: ${reason}. Mend the row, or train with a recipe that imputes.`,
    );
    this.row = row;
    this.feature = feature;
  }
}

/** A model file is damaged, cut short, tampered with, or no model file at all. */
export class ModelFileCorruptError extends GnuMlopsError {
  static readonly code = 'MODEL_FILE_CORRUPT';
  /** The part at fault, such as `header` or `tensor "threshold"`. */
  readonly where: string;
  /** What is wrong there, as the rest of a sentence. */
  readonly problem: string;

  constructor(where: string, problem: string, options?: ErrorOptions) {
    super(
      ModelFileCorruptError.code,
      `The model file cannot be read: ${where} ${problem}. Fetch the file again, or take another version of the model.`,
      options,
    );
    this.where = where;
    this.problem = problem;
  }
}

/** A model file was written by a newer version of this package. */
export class ModelFileVersionError extends GnuMlopsError {
  static readonly code = 'MODEL_FILE_VERSION';
  readonly found: number;
  readonly supported: number;

  constructor(found: number, supported: number) {
    super(
      ModelFileVersionError.code,
      `The model file has format version ${found}, and this version of @gnu-mlops/model reads up to ` +
        `${supported}. Upgrade @gnu-mlops/model to load it.`,
    );
    this.found = found;
    this.supported = supported;
  }
}

/** A model folder lacks a file. */
export class FolderFileMissingError extends GnuMlopsError {
  static readonly code = 'MODEL_FOLDER_FILE_MISSING';
  readonly file: string;

  constructor(file: string, present: readonly string[]) {
    const list = present.slice(0, 10).join(', ') + (present.length > 10 ? ', ...' : '');
    super(
      FolderFileMissingError.code,
      `The model folder has no file "${file}" (it has: ${list || 'nothing'}). ` +
        'Pass all files of the folder that holds the MLmodel file.',
    );
    this.file = file;
  }
}

/** A model folder of MLflow's kind holds a model that another tool wrote. */
export class FlavorMissingError extends GnuMlopsError {
  static readonly code = 'MODEL_FLAVOR_MISSING';
  /** The flavors that there are. */
  readonly flavors: readonly string[];

  constructor(flavor: string, flavors: readonly string[]) {
    super(
      FlavorMissingError.code,
      `The MLmodel file has no flavor "${flavor}" (it has: ${flavors.join(', ') || 'none'}). ` +
        'Load the model with the tool that wrote it, or train it here.',
    );
    this.flavors = flavors;
  }
}

/** A setting for writing a model folder makes no sense for the model. */
export class FolderOptionError extends GnuMlopsError {
  static readonly code = 'MODEL_FOLDER_OPTION';
  /** The setting, such as `inputExample[0].tenure`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(
      FolderOptionError.code,
      `The model folder cannot be written: ${option} ${problem}. Correct it, or leave it out.`,
    );
    this.option = option;
  }
}

/** A setting of an explanation makes no sense for the model or the table. */
export class ExplainOptionError extends GnuMlopsError {
  static readonly code = 'MODEL_EXPLAIN_OPTION';
  /** The setting, such as `columns`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(
      ExplainOptionError.code,
      `The model cannot be explained like this: ${option} ${problem}. Correct it, or leave it out.`,
    );
    this.option = option;
  }
}

/** An estimator has no exact explanation of its scores by feature. */
export class ExplainUnsupportedError extends GnuMlopsError {
  static readonly code = 'MODEL_EXPLAIN_UNSUPPORTED';

  constructor(problem: string) {
    super(
      ExplainUnsupportedError.code,
      `The model's scores have no exact contributions by feature: ${problem}. ` +
        'Use permutationImportance or partialDependence, which work for every model.',
    );
  }
}

/** A model file of another library is damaged, cut short, or no such file at all. */
export class ForeignModelCorruptError extends GnuMlopsError {
  static readonly code = 'MODEL_FOREIGN_CORRUPT';
  /** `LightGBM` or `XGBoost`. */
  readonly library: string;
  /** The part at fault, such as `Tree=3`. */
  readonly where: string;

  constructor(library: string, where: string, problem: string) {
    super(
      ForeignModelCorruptError.code,
      `The ${library} model cannot be read: ${where} ${problem}. Save the model again with ${library}.`,
    );
    this.library = library;
    this.where = where;
  }
}

/** A model of another library is sound, but scores in a way that has no counterpart here. */
export class ForeignModelUnsupportedError extends GnuMlopsError {
  static readonly code = 'MODEL_FOREIGN_UNSUPPORTED';
  /** `LightGBM` or `XGBoost`. */
  readonly library: string;

  constructor(library: string, problem: string) {
    super(
      ForeignModelUnsupportedError.code,
      `The ${library} model cannot be scored here as ${library} does it: ${problem}. ` +
        'Train it without that, or keep scoring it there.',
    );
    this.library = library;
  }
}

/** A setting for reading a model of another library does not fit the model. */
export class ForeignModelOptionError extends GnuMlopsError {
  static readonly code = 'MODEL_FOREIGN_OPTION';
  /** The setting, such as `classes`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(
      ForeignModelOptionError.code,
      `The model cannot be read with these settings: ${option} ${problem}. Correct the setting.`,
    );
    this.option = option;
  }
}

/** A model cannot be written in a format without scoring differently there. */
export class ExportUnsupportedError extends GnuMlopsError {
  static readonly code = 'MODEL_EXPORT_UNSUPPORTED';
  /** Such as `LightGBM`. */
  readonly format: string;

  constructor(format: string, problem: string) {
    super(
      ExportUnsupportedError.code,
      `The model cannot be written as ${format}: ${problem}. Take another format.`,
    );
    this.format = format;
  }
}

/** A model is too large for a format that engines take only in small sizes. */
export class ExportTooLargeError extends GnuMlopsError {
  static readonly code = 'MODEL_EXPORT_TOO_LARGE';
  readonly found: number;
  readonly limit: number;

  constructor(format: string, size: { readonly found: number; readonly limit: number }) {
    super(
      ExportTooLargeError.code,
      `The model takes ${size.found} characters as ${format}, more than the ${size.limit} allowed. ` +
        'Train fewer or smaller trees, score it in batch, or raise the limit knowing what the engine takes.',
    );
    this.found = size.found;
    this.limit = size.limit;
  }
}
