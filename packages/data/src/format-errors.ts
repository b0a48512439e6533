import { GnuMlopsError, type SignatureType } from '@gnu-mlops/core';

/** An optional package that the work needs is not installed. */
export class PackageMissingError extends GnuMlopsError {
  static readonly code = 'DATA_PACKAGE_MISSING';
  readonly packageName: string;

  constructor(packageName: string, purpose: string, options?: ErrorOptions) {
    super(
      PackageMissingError.code,
      `${purpose} needs the package ${packageName}, which is not installed. ` +
        `Run: npm install ${packageName}`,
      options,
    );
    this.packageName = packageName;
  }
}

/** A name does not tell the format of a file, and nobody said it. */
export class FormatUnknownError extends GnuMlopsError {
  static readonly code = 'DATA_FORMAT_UNKNOWN';
  readonly source: string;

  constructor(source: string, endings: readonly string[]) {
    super(
      FormatUnknownError.code,
      `"${source}": the name does not tell the format. Give it one of the endings ` +
        `${endings.join(', ')}, or say the format: csv, jsonl, parquet or arrow.`,
    );
    this.source = source;
  }
}

/** A gzip archive is damaged or cut off. */
export class GzipError extends GnuMlopsError {
  static readonly code = 'DATA_GZIP_INVALID';
  readonly source: string;

  constructor(source: string, cause: Error) {
    super(
      GzipError.code,
      `"${source}" cannot be unpacked: ${cause.message}. Transfer or pack the file again.`,
      { cause },
    );
    this.source = source;
  }
}

/** A file is none of its format, or damaged. */
export class FileDamagedError extends GnuMlopsError {
  static readonly code = 'DATA_FILE_DAMAGED';
  readonly source: string;

  constructor(source: string, format: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      FileDamagedError.code,
      `"${source}" cannot be read as ${format}: ${firstLine(reason)}. ` +
        'Write the file again, or say its right format.',
      { cause },
    );
    this.source = source;
  }
}

/** A line of a file of JSON lines holds no flat object. */
export class JsonLineError extends GnuMlopsError {
  static readonly code = 'DATA_JSON_LINE_INVALID';
  readonly source: string;
  /** 1-based. */
  readonly line: number;

  constructor(source: string, line: number, reason: string) {
    super(
      JsonLineError.code,
      `"${source}", line ${line}: ${reason}. Each line holds one JSON object of names and values.`,
    );
    this.source = source;
    this.line = line;
  }
}

/** Two columns have the same name, or one that SQL takes for the same. */
export class ColumnDuplicateError extends GnuMlopsError {
  static readonly code = 'DATA_COLUMN_DUPLICATE';
  readonly source: string;
  readonly columns: readonly [string, string];
  /** 1-based. */
  readonly positions: readonly [number, number];

  /** @param places of the two columns in the header, from 0. */
  constructor(
    source: string,
    header: readonly string[],
    [first, second]: readonly [number, number],
  ) {
    const columns = [header[first]!, header[second]!] as const;
    const positions = [first + 1, second + 1] as const;
    const places = `columns ${positions[0]} and ${positions[1]}`;
    super(
      ColumnDuplicateError.code,
      columns[0] === columns[1]
        ? `"${source}": ${places} are both named "${columns[0]}". Rename one of them.`
        : `"${source}": ${places} are named "${columns[0]}" and "${columns[1]}", which are the same ` +
            'to SQL. Rename one of them for a query.',
    );
    this.source = source;
    this.columns = columns;
    this.positions = positions;
  }
}

/** A column holds lists, objects or bytes, which no column of a table can. */
export class ColumnNestedError extends GnuMlopsError {
  static readonly code = 'DATA_COLUMN_NESTED';
  readonly source: string;
  readonly column: string;

  constructor(source: string, column: string, type: string) {
    super(
      ColumnNestedError.code,
      `"${source}", column "${column}": ${type} is no value that a column of a table can hold. ` +
        'Leave the column out, or take it apart with a query.',
    );
    this.source = source;
    this.column = column;
  }
}

/** A cell is no value of the type that its column is to have. */
export class CellInvalidError extends GnuMlopsError {
  static readonly code = 'DATA_CELL_INVALID';
  readonly source: string;
  readonly column: string;
  /** 1-based, among the rows of the source. */
  readonly row: number;
  readonly type: SignatureType;

  constructor(
    source: string,
    cell: { row: number; column: string; type: SignatureType; found: string },
    options?: ErrorOptions,
  ) {
    super(
      CellInvalidError.code,
      `"${source}", row ${cell.row}, column "${cell.column}": ${cell.found} is no value of type ` +
        `${cell.type}. Correct the cell, or give the column another type.`,
      options,
    );
    this.source = source;
    this.column = cell.column;
    this.row = cell.row;
    this.type = cell.type;
  }
}

/** A query is wrong, or wants what it may not have. */
export class QueryError extends GnuMlopsError {
  static readonly code = 'DATA_QUERY_FAILED';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      QueryError.code,
      `The query failed: ${inOwnWords(reason)} It may use the named tables and nothing else.`,
      { cause },
    );
  }
}

/** What DuckDB says as a sentence, without its caret, which points nowhere on a line of its own. */
function inOwnWords(reason: string): string {
  const text = reason
    .replace(/^Failed to extract statements: /, '')
    .replace(/\n\s*\^\s*$/, '')
    .trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]!.replace(/\.$/, '');
}
