import { GnuMlopsError } from '@gnu-mlops/core';

/** The audit log cannot be read or written. */
export class AuditUnavailableError extends GnuMlopsError {
  static readonly code = 'SERVER_AUDIT_UNAVAILABLE';
  readonly path: string;

  constructor(path: string, options: { readonly cause: unknown }) {
    const { cause } = options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      AuditUnavailableError.code,
      `The audit log in ${path} cannot be used: ${reason}. Make room, or check the folder and its permissions; nothing is changed in the registry meanwhile.`,
      options,
    );
    this.path = path;
  }
}

/** There is no audit log in the folder. */
export class AuditNotFoundError extends GnuMlopsError {
  static readonly code = 'SERVER_AUDIT_NOT_FOUND';
  readonly path: string;

  constructor(path: string) {
    super(
      AuditNotFoundError.code,
      `There is no audit log in ${path}. Name the folder that the server keeps it in.`,
    );
    this.path = path;
  }
}
