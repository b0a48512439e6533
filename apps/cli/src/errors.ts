import { GnuMlopsError } from '@gnu-mlops/core';

/** A file that would be overwritten is there already. */
export class FileExistsError extends GnuMlopsError {
  static readonly code = 'CLI_FILE_EXISTS';

  constructor(path: string) {
    super(FileExistsError.code, `${path} is there already. Use --force to replace it.`);
  }
}

/** Rows to predict were given in no form, in two forms, or in one that cannot be read. */
export class RowsInvalidError extends GnuMlopsError {
  static readonly code = 'CLI_ROWS_INVALID';

  constructor(message: string, options?: ErrorOptions) {
    super(RowsInvalidError.code, message, options);
  }
}

/** There is nothing to check a table by. */
export class ChecksMissingError extends GnuMlopsError {
  static readonly code = 'CLI_CHECKS_MISSING';

  constructor() {
    super(
      ChecksMissingError.code,
      'No checks are configured (data.checks). Name a file with --checks, or propose some: ' +
        'gnu-mlops data infer-checks FILE.',
    );
  }
}

/** A file of checks cannot be read, or is neither YAML nor JSON. */
export class ChecksUnreadableError extends GnuMlopsError {
  static readonly code = 'CLI_CHECKS_UNREADABLE';

  constructor(path: string, options: { readonly cause: unknown }) {
    const reason = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(ChecksUnreadableError.code, `${path} cannot be read as checks: ${reason}`, options);
  }
}
