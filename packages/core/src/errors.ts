/** Marks our errors across copies of this package: `instanceof` fails between two of them. */
const marker = Symbol.for('gnu-mlops.error');

/**
 * The base of every error that a caller may want to handle.
 *
 * Each subclass has one stable `code`, listed with its remedy in `docs/errors.md`. Branch on `code`,
 * never on the message. A message says what is wrong, where, and what to do about it, and never
 * carries a secret.
 */
export abstract class GnuMlopsError extends Error {
  /** Stable, upper snake case, prefixed with its subject: `TABLE_COLUMN_NOT_FOUND`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
    Object.defineProperty(this, marker, { value: true });
  }
}

/** Whether a thrown value is one of ours, also when another copy of this package threw it. */
export function isGnuMlopsError(error: unknown): error is GnuMlopsError {
  return error instanceof Error && marker in error;
}
