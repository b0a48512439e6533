import { GnuMlopsError } from '@gnu-mlops/core';

/** The name of a host, table or file that Databricks cannot have. */
export class DatabricksNameError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_NAME_INVALID';
  readonly subject: string;

  constructor(subject: string, problem: string, remedy: string) {
    super(DatabricksNameError.code, `"${subject}" cannot be used: ${problem}. ${remedy}`);
    this.subject = subject;
  }
}

/** There is no such table, warehouse, file or folder. */
export class DatabricksNotFoundError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_NOT_FOUND';
  readonly subject: string;

  constructor(subject: string, reason: string, options?: ErrorOptions) {
    super(
      DatabricksNotFoundError.code,
      `Databricks has no "${subject}": ${reason}. Check the name, and that you may see it.`,
      options,
    );
    this.subject = subject;
  }
}

/** Databricks refuses: a wrong or expired token or secret, or no permission. */
export class DatabricksForbiddenError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_FORBIDDEN';
  readonly subject: string;

  constructor(subject: string, reason: string, options?: ErrorOptions) {
    super(
      DatabricksForbiddenError.code,
      `Databricks refuses "${subject}": ${reason}. Check the token or client secret and what it permits.`,
      options,
    );
    this.subject = subject;
  }
}

/** Databricks is out of reach or overloaded, and retries did not help. */
export class DatabricksUnavailableError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_UNAVAILABLE';
  readonly subject: string;

  constructor(subject: string, reason: string, options?: ErrorOptions) {
    super(
      DatabricksUnavailableError.code,
      `Databricks could not be reached for "${subject}": ${reason}. Check host and network, or try again later.`,
      options,
    );
    this.subject = subject;
  }
}

/** Databricks rejects a query or a request for a reason of its own. */
export class DatabricksRequestError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_REQUEST_FAILED';
  readonly subject: string;
  /** The server's error code or SQL state, such as `INVALID_PARAMETER_VALUE` or `42703`. */
  readonly reason: string;

  constructor(
    subject: string,
    failure: { readonly reason: string; readonly message: string },
    options?: ErrorOptions,
  ) {
    super(
      DatabricksRequestError.code,
      `Databricks rejects the request for "${subject}": ${failure.message} (${failure.reason}). Correct what the message names.`,
      options,
    );
    this.subject = subject;
    this.reason = failure.reason;
  }
}

/** The driver has rounded numbers of a column before anybody could keep their digits. */
export class DatabricksPrecisionError extends GnuMlopsError {
  static readonly code = 'DATA_DATABRICKS_PRECISION';
  readonly column: string;
  /** As SQL names it. */
  readonly type: string;

  constructor(subject: string, column: { readonly name: string; readonly type: string }) {
    super(
      DatabricksPrecisionError.code,
      `"${subject}", column "${column.name}" (${column.type}): the server's answer has lost digits of its numbers. Cast the column to STRING or DOUBLE in a query.`,
    );
    this.column = column.name;
    this.type = column.type;
  }
}
