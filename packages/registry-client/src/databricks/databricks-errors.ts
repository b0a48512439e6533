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

/** The customer's own storage refused what was asked of it with the keys that Unity Catalog gave. */
export class StorageRefusedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STORAGE_REFUSED';
  /** Such as `s3://bucket/folder`. */
  readonly location: string;
  /** Of HTTP; 200 where the answer was no refusal, but not what it should be. */
  readonly status: number;
  /** In the storage's words, such as `AccessDenied`; empty where it gave none. */
  readonly storageCode: string;

  constructor(
    asked: { readonly location: string; readonly subject: string; readonly doing: string },
    problem: { readonly status: number; readonly code: string; readonly message: string },
  ) {
    const { location, subject, doing } = asked;
    const { status, code, message } = problem;
    const kind = status === 200 ? '' : ` (${status}${code === '' ? '' : ` ${code}`})`;
    const reason = message === '' ? 'no reason given.' : message.replace(/[^.!?]$/, '$&.');
    super(
      StorageRefusedError.code,
      `The storage at ${location} refused to ${doing} for ${subject}${kind}: ${reason} It was asked with the temporary keys that Unity Catalog gave. Let an administrator check that the storage takes requests from this network, and the storage credential and external location of the catalog; and that the clock of this machine is right.`,
    );
    this.location = location;
    this.status = status;
    this.storageCode = code;
  }
}
