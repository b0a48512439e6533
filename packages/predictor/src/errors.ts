import { type CellTypeError, GnuMlopsError, type SignatureType } from '@gnu-mlops/core';

/** The input is in none of the forms that rows may come in. */
export class InputInvalidError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_INPUT_INVALID';
  /** 0-based; undefined where no single row is at fault. */
  readonly row: number | undefined;

  constructor(problem: string, row?: number) {
    super(
      InputInvalidError.code,
      row === undefined
        ? `The input cannot be predicted: ${problem}. Give an object, an array of objects, or {columns, data}.`
        : `Row ${row + 1} ${problem}.`,
    );
    this.row = row;
  }
}

/** Where something is wrong with the fields of the input. */
interface FieldPlace {
  /** 0-based; undefined for a whole table. */
  readonly row?: number;
  readonly column: string;
  /** The name that may have been meant. */
  readonly nearest?: string | undefined;
}

/** A feature that the model needs is not in the input. */
export class FeatureMissingError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_FEATURE_MISSING';
  /** 0-based; undefined for a whole table. */
  readonly row: number | undefined;
  readonly column: string;

  constructor({ row, column, nearest }: FieldPlace) {
    const subject = row === undefined ? 'The table' : `Row ${row + 1}`;
    const remedy =
      nearest === undefined
        ? 'Give it, as null where the value is not known.'
        : `It has "${nearest}": was that meant?`;
    super(
      FeatureMissingError.code,
      `${subject} has no "${column}", which the model needs. ${remedy}`,
    );
    this.row = row;
    this.column = column;
  }
}

/** A field that the model does not know, where the caller asked to be told. */
export class FieldUnknownError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_FIELD_UNKNOWN';
  /** 0-based; undefined for a whole table. */
  readonly row: number | undefined;
  readonly column: string;

  constructor({ row, column, nearest }: FieldPlace) {
    const subject = row === undefined ? 'The table' : `Row ${row + 1}`;
    const remedy = nearest === undefined ? 'Leave it out.' : `Did you mean "${nearest}"?`;
    super(
      FieldUnknownError.code,
      `${subject} has "${column}", which the model does not know. ${remedy}`,
    );
    this.row = row;
    this.column = column;
  }
}

/** A cell holds a value that its feature cannot have. */
export class ValueInvalidError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_VALUE_INVALID';
  /** 0-based. */
  readonly row: number;
  readonly column: string;
  /** The type that the model's signature promises. */
  readonly type: SignatureType;

  constructor(cause: CellTypeError) {
    super(
      ValueInvalidError.code,
      `${cause.message} Give such a value, or null where it is not known.`,
      { cause },
    );
    this.row = cause.row;
    this.column = cause.column;
    this.type = cause.type;
  }
}

/** No model answers to the name, stage, alias or version that was asked for. */
export class ModelNotFoundError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_MODEL_NOT_FOUND';
  readonly modelName: string;

  constructor(modelName: string, problem: string, options?: ErrorOptions) {
    super(ModelNotFoundError.code, `No model to predict with: ${problem}`, options);
    this.modelName = modelName;
  }
}

/** The predictor was closed. */
export class PredictorClosedError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_CLOSED';

  constructor() {
    super(PredictorClosedError.code, 'The predictor was closed. Open another one to predict.');
  }
}

/** The model file is not there or cannot be read. */
export class ModelFileUnreadableError extends GnuMlopsError {
  static readonly code = 'PREDICTOR_FILE_UNREADABLE';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(
      ModelFileUnreadableError.code,
      `The model file ${path} cannot be read. Check the path and the permissions.`,
      options,
    );
    this.path = path;
  }
}
