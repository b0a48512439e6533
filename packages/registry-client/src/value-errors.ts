import { GnuMlopsError } from '@gnu-mlops/core';
import { quoteShort } from './error-words.ts';

/** A name or a key that no registry accepts: empty, too long, or with forbidden characters. */
export class NameInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_NAME_INVALID';
  /** What the name is for, such as `metric` or `registered model`. */
  readonly kind: string;

  constructor(kind: string, name: unknown, problem: string) {
    super(
      NameInvalidError.code,
      `${quoteShort(name)} is no valid name for ${article(kind)} ${kind}: ${problem}`,
    );
    this.kind = kind;
  }
}

/** The name belongs to the stages, and only a stage move may write it. */
export class NameReservedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_NAME_RESERVED';
  readonly reservedName: string;

  constructor(kind: 'alias' | 'tag', name: string) {
    super(
      NameReservedError.code,
      `The ${kind} "${name}" follows the stage of a version and cannot be written by hand. Move the version to the stage instead.`,
    );
    this.reservedName = name;
  }
}

/** A value that no registry accepts: of the wrong type, out of range, or too long. */
export class ValueInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_VALUE_INVALID';
  /** Which value, such as `max_results` or `parameter "depth"`. */
  readonly subject: string;

  constructor(subject: string, problem: string) {
    super(ValueInvalidError.code, `The ${subject} ${problem}`);
    this.subject = subject;
  }
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
