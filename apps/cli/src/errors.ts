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
