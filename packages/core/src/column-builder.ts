import { type Column, MISSING_BOOLEAN } from './column.ts';
import {
  MAX_TIME_MS,
  isMissingToken,
  parseBoolean,
  parseInteger,
  parseNumber,
  parseTimestamp,
} from './parse-cell.ts';
import { CellTypeError } from './table-errors.ts';
import type { ColumnSpec } from './signature.ts';

/** Collects cells into one typed column. The one place where text and JSON become values. */
export interface ColumnBuilder {
  readonly length: number;
  /**
   * Append a cell as it stands in a file. Numbers, booleans and times are trimmed, and a missing
   * token ({@link isMissingToken}) is a missing cell; in a string column only blank text is.
   *
   * @throws {CellTypeError} when the text is no value of the column's type.
   */
  appendText(text: string): void;
  /**
   * Append a JSON value: null, undefined or NaN is missing, a string counts as text in a file, a
   * number in a string column becomes its shortest decimal text.
   *
   * @throws {CellTypeError} when the value is none of the column's type.
   */
  appendValue(value: unknown): void;
  appendMissing(): void;
  /** The column so far. The builder must not be used afterwards. */
  finish(): Column;
}

/**
 * Start a column that holds values of `spec.type`. Training, batch and HTTP all build their columns
 * here, so that a text means the same everywhere.
 */
export function createColumnBuilder(spec: Pick<ColumnSpec, 'name' | 'type'>): ColumnBuilder {
  switch (spec.type) {
    case 'string':
      return stringBuilder(spec);
    case 'boolean':
      return booleanBuilder(spec);
    case 'integer':
    case 'long':
      return floatBuilder(spec, 'integer', parseInteger);
    case 'datetime':
      return floatBuilder(spec, 'timestamp', parseTimestamp);
    case 'float':
    case 'double':
      return floatBuilder(spec, 'numeric', parseNumber);
  }
}

type NamedType = Pick<ColumnSpec, 'name' | 'type'>;

function floatBuilder(
  spec: NamedType,
  kind: 'numeric' | 'integer' | 'timestamp',
  parse: (text: string) => number | undefined,
): ColumnBuilder {
  let values = new Float64Array(64);
  let length = 0;

  function append(value: number): void {
    if (length === values.length) {
      const grown = new Float64Array(length * 2);
      grown.set(values);
      values = grown;
    }
    values[length++] = value;
  }
  function appendText(text: string): void {
    const trimmed = text.trim();
    if (isMissingToken(trimmed)) return append(NaN);
    const value = parse(trimmed);
    if (value === undefined) throw new CellTypeError(spec, length, text);
    append(value);
  }
  function appendValue(value: unknown): void {
    if (value === null || value === undefined) return append(NaN);
    if (typeof value === 'string') return appendText(value);
    if (kind === 'timestamp' && value instanceof Date) return append(value.getTime());
    if (typeof value === 'bigint') return appendText(value.toString());
    if (typeof value !== 'number' || !isInRange(kind, value)) {
      throw new CellTypeError(spec, length, value);
    }
    append(value);
  }
  return {
    get length() {
      return length;
    },
    appendText,
    appendValue,
    appendMissing: () => append(NaN),
    finish: () => ({ kind, values: values.slice(0, length) }),
  };
}

function isInRange(kind: 'numeric' | 'integer' | 'timestamp', value: number): boolean {
  if (kind === 'numeric' || Number.isNaN(value)) return true;
  return kind === 'integer' ? Number.isSafeInteger(value) : Math.abs(value) <= MAX_TIME_MS;
}

function booleanBuilder(spec: NamedType): ColumnBuilder {
  const values: number[] = [];

  function appendText(text: string): void {
    const trimmed = text.trim();
    const value = isMissingToken(trimmed) ? null : parseBoolean(trimmed);
    if (value === undefined) throw new CellTypeError(spec, values.length, text);
    values.push(value === null ? MISSING_BOOLEAN : Number(value));
  }
  function appendValue(value: unknown): void {
    if (value === null || value === undefined || Number.isNaN(value)) values.push(MISSING_BOOLEAN);
    else if (typeof value === 'boolean') values.push(Number(value));
    else if (typeof value === 'string') appendText(value);
    else if (value === 0 || value === 1) values.push(value);
    else throw new CellTypeError(spec, values.length, value);
  }
  return {
    get length() {
      return values.length;
    },
    appendText,
    appendValue,
    appendMissing: () => void values.push(MISSING_BOOLEAN),
    finish: () => ({ kind: 'boolean', values: Uint8Array.from(values) }),
  };
}

function stringBuilder(spec: NamedType): ColumnBuilder {
  const codes: number[] = [];
  const codeOf = new Map<string, number>();

  function appendText(text: string): void {
    if (text.trim() === '') return void codes.push(-1);
    let code = codeOf.get(text);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(text, code);
    }
    codes.push(code);
  }
  function appendValue(value: unknown): void {
    if (value === null || value === undefined || Number.isNaN(value)) codes.push(-1);
    else if (typeof value === 'string') appendText(value);
    else if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
      appendText(String(value));
    } else throw new CellTypeError(spec, codes.length, value);
  }
  return {
    get length() {
      return codes.length;
    },
    appendText,
    appendValue,
    appendMissing: () => void codes.push(-1),
    finish: () => ({
      kind: 'categorical',
      codes: Int32Array.from(codes),
      dictionary: [...codeOf.keys()],
    }),
  };
}
