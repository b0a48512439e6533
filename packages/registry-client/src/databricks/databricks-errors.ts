import { GnuMlopsError } from '@gnu-mlops/core';

/** Unity Catalog takes no model without a signature of inputs and outputs. */
export class SignatureMissingError extends GnuMlopsError {
  static readonly code = 'REGISTRY_SIGNATURE_MISSING';
  readonly source: string;
  /** What the signature lacks. */
  readonly part: 'inputs' | 'outputs';

  constructor(source: string, part: 'inputs' | 'outputs') {
    super(
      SignatureMissingError.code,
      `The model at "${source}" cannot be registered in Unity Catalog: its MLmodel file has no signature with ${part}. Log it with a signature of inputs and outputs.`,
    );
    this.source = source;
    this.part = part;
  }
}
