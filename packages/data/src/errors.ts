import { GnuMlopsError, type SignatureType } from '@gnu-mlops/core';

/** The file that was to be read does not exist. */
export class FileNotFoundError extends GnuMlopsError {
  static readonly code = 'DATA_FILE_NOT_FOUND';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(
      FileNotFoundError.code,
      `There is no file "${path}". Check the path; a relative one starts at the working directory.`,
      options,
    );
    this.path = path;
  }
}

/** The folder that a file was to be written to does not exist. */
export class FolderNotFoundError extends GnuMlopsError {
  static readonly code = 'DATA_FOLDER_NOT_FOUND';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(
      FolderNotFoundError.code,
      `"${path}" cannot be written: its folder does not exist. Create the folder first.`,
      options,
    );
    this.path = path;
  }
}

/** A folder, pipe or device stands where a file is needed. */
export class NotAFileError extends GnuMlopsError {
  static readonly code = 'DATA_NOT_A_FILE';
  readonly path: string;

  constructor(path: string, found: 'folder' | 'pipe or device', options?: ErrorOptions) {
    super(NotAFileError.code, `"${path}" is a ${found}, not a file. Name a file.`, options);
    this.path = path;
  }
}

/** The operating system refuses to open the file. */
export class FileForbiddenError extends GnuMlopsError {
  static readonly code = 'DATA_FILE_FORBIDDEN';
  readonly path: string;

  constructor(path: string, action: 'read' | 'write', options?: ErrorOptions) {
    super(
      FileForbiddenError.code,
      `No permission to ${action} "${path}". Change the permissions of the file or of its folder.`,
      options,
    );
    this.path = path;
  }
}

/** Reading or writing failed for another reason: full disk, broken network drive. */
export class FileAccessError extends GnuMlopsError {
  static readonly code = 'DATA_FILE_ACCESS_FAILED';
  readonly path: string;

  constructor(
    path: string,
    failure: { action: 'read' | 'write'; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      FileAccessError.code,
      `"${path}" could not be ${pastOf[failure.action]}: ${failure.reason}. Check the disk or drive.`,
      options,
    );
    this.path = path;
  }
}

const pastOf = { read: 'read', write: 'written' };

/** The file changed while it was being read. */
export class FileChangedError extends GnuMlopsError {
  static readonly code = 'DATA_FILE_CHANGED';
  readonly path: string;

  constructor(path: string) {
    super(
      FileChangedError.code,
      `"${path}" was changed while it was being read. Read it again when its writer has finished.`,
    );
    this.path = path;
  }
}

/** The file holds no header: it is empty, or has blank lines only. */
export class CsvEmptyError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_EMPTY';
  readonly path: string;

  constructor(path: string) {
    super(CsvEmptyError.code, `"${path}" is empty. A CSV file begins with a line of column names.`);
    this.path = path;
  }
}

/** Two columns of a CSV file share a name. */
export class CsvHeaderDuplicateError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_HEADER_DUPLICATE';
  readonly path: string;
  readonly column: string;
  /** 1-based. */
  readonly positions: readonly [number, number];

  constructor(path: string, column: string, positions: readonly [number, number]) {
    super(
      CsvHeaderDuplicateError.code,
      `"${path}": columns ${positions[0]} and ${positions[1]} are both named "${column}". ` +
        'Rename one of them.',
    );
    this.path = path;
    this.column = column;
    this.positions = positions;
  }
}

/** A column of a CSV file has no name. */
export class CsvHeaderEmptyError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_HEADER_EMPTY';
  readonly path: string;
  /** 1-based. */
  readonly position: number;

  constructor(path: string, position: number) {
    super(
      CsvHeaderEmptyError.code,
      `"${path}": column ${position} has no name. Name it in the first line, or remove the column.`,
    );
    this.path = path;
    this.position = position;
  }
}

/** A row has more or fewer cells than the header has names. */
export class CsvRaggedRowError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_RAGGED_ROW';
  readonly path: string;
  /** 1-based; where the row begins. */
  readonly line: number;
  readonly expected: number;
  readonly found: number;

  constructor(path: string, row: { line: number; expected: number; found: number }) {
    super(
      CsvRaggedRowError.code,
      `"${path}", line ${row.line}: ${row.found} ${row.found === 1 ? 'cell' : 'cells'} where the ` +
        `header names ${row.expected} ${row.expected === 1 ? 'column' : 'columns'}. ` +
        'Correct the row (quote a cell that holds the delimiter), or ask to skip such rows.',
    );
    this.path = path;
    this.line = row.line;
    this.expected = row.expected;
    this.found = row.found;
  }
}

/** A quoted cell never ends, or text follows its closing quote. */
export class CsvQuoteError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_QUOTE';
  readonly path: string;
  /** 1-based; where the unclosed cell begins, or where the text stands. */
  readonly line: number;

  constructor(path: string, line: number, fault: 'unclosed' | 'text after closing quote') {
    const what =
      fault === 'unclosed'
        ? 'a quoted cell begins that is never closed'
        : 'text follows the closing quote of a cell';
    super(
      CsvQuoteError.code,
      `"${path}", line ${line}: ${what}. Write a quote inside a quoted cell twice ("").`,
    );
    this.path = path;
    this.line = line;
  }
}

/** One row is longer than the reader holds in memory; most often a quote was never closed. */
export class CsvRowTooLongError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_ROW_TOO_LONG';
  readonly path: string;
  /** 1-based; where the row begins. */
  readonly line: number;

  constructor(path: string, line: number, limitBytes: number) {
    super(
      CsvRowTooLongError.code,
      `"${path}": the row that begins on line ${line} is longer than ${limitBytes} bytes. ` +
        'Look for a quote that is never closed.',
    );
    this.path = path;
    this.line = line;
  }
}

/** The file is no UTF-8 text. */
export class CsvEncodingError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_ENCODING';
  readonly path: string;
  /** 1-based; of the first offending byte. */
  readonly line: number;

  constructor(path: string, fault: { line: number; found: string }) {
    super(
      CsvEncodingError.code,
      `"${path}", line ${fault.line}: ${fault.found}. Save the file as CSV in UTF-8.`,
    );
    this.path = path;
    this.line = fault.line;
  }
}

/** A cell's text is no value of the type that the column has. */
export class CsvCellError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_CELL_INVALID';
  readonly path: string;
  /** 1-based; where the cell's row begins. */
  readonly line: number;
  readonly column: string;
  readonly type: SignatureType;

  constructor(path: string, cell: InvalidCell) {
    const text = cell.text.length > 60 ? `${cell.text.slice(0, 57)}...` : cell.text;
    super(
      CsvCellError.code,
      `"${path}", line ${cell.line}, column "${cell.column}": ${JSON.stringify(text)} is no value ` +
        `of type ${cell.type}. Correct the cell, or leave it empty where the value is missing.`,
    );
    this.path = path;
    this.line = cell.line;
    this.column = cell.column;
    this.type = cell.type;
  }
}

/** A cell whose text is no value of its column's type. */
export interface InvalidCell {
  /** 1-based line of the file where the cell's row begins. */
  readonly line: number;
  readonly column: string;
  readonly type: SignatureType;
  /** As it stands in the file, without quotes. */
  readonly text: string;
}

/** A column that is needed is not in the file. */
export class ColumnMissingError extends GnuMlopsError {
  static readonly code = 'DATA_COLUMN_MISSING';
  readonly path: string;
  readonly column: string;

  constructor(path: string, column: string, nearest?: string) {
    const hint =
      nearest === undefined
        ? 'Add it, or check the names in the first line.'
        : `Is it "${nearest}"?`;
    super(ColumnMissingError.code, `"${path}" has no column "${column}". ${hint}`);
    this.path = path;
    this.column = column;
  }
}

/** An option has a value that makes no sense. */
export class DataOptionError extends GnuMlopsError {
  static readonly code = 'DATA_OPTION_INVALID';
  readonly option: string;

  constructor(option: string, expected: string) {
    super(DataOptionError.code, `The option "${option}" must be ${expected}.`);
    this.option = option;
  }
}
