import { GnuMlopsError } from '@gnu-mlops/core';

/** A model cannot be said in ONNX operators. */
export class OnnxUnsupportedError extends GnuMlopsError {
  static readonly code = 'MODEL_ONNX_UNSUPPORTED';
  /** The part at fault, such as `the input "since"`. */
  readonly where: string;
  /** What ONNX lacks there, as the rest of a sentence. */
  readonly problem: string;

  constructor(where: string, problem: string) {
    super(
      OnnxUnsupportedError.code,
      `The model cannot be written as ONNX: ${where} ${problem}. ` +
        'Train with a recipe without it, or score with the model file itself.',
    );
    this.where = where;
    this.problem = problem;
  }
}

/** Bytes are no ONNX model, or one that contradicts itself. */
export class OnnxCorruptError extends GnuMlopsError {
  static readonly code = 'MODEL_ONNX_CORRUPT';
  /** The part at fault, such as `graph.node[3].attribute "nodes_modes"`. */
  readonly where: string;
  /** What is wrong there, as the rest of a sentence. */
  readonly problem: string;

  constructor(where: string, problem: string, options?: ErrorOptions) {
    super(
      OnnxCorruptError.code,
      `The ONNX model cannot be read: ${where} ${problem}. Export the model again.`,
      options,
    );
    this.where = where;
    this.problem = problem;
  }
}

/** An ONNX model is sound, but uses what has no counterpart here. */
export class OnnxOperatorError extends GnuMlopsError {
  static readonly code = 'MODEL_ONNX_OPERATOR';
  /** The operator's name, such as `SVMClassifier`; its domain before it where it has one. */
  readonly operator: string;

  constructor(operator: string, problem: string) {
    super(
      OnnxOperatorError.code,
      `The ONNX model's operator ${operator} ${problem}. ` +
        'Export a pipeline of imputers, scalers, encoders and one tree or linear estimator.',
    );
    this.operator = operator;
  }
}

/** Names or a type that were given for an ONNX model do not fit it. */
export class OnnxOptionError extends GnuMlopsError {
  static readonly code = 'MODEL_ONNX_OPTION';
  /** The setting, such as `columns`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(
      OnnxOptionError.code,
      `The ONNX model cannot be read as asked: ${option} ${problem}. Correct it, or leave it out.`,
    );
    this.option = option;
  }
}
