import { type Column, MISSING_BOOLEAN } from '@gnu-mlops/core';
import { trimmed, withRoom } from './grow.ts';

/** Numbers of a column in the making; NaN is a missing cell. */
export interface NumberCells {
  push(value: number): void;
  /** Append the values `from` to before `to`. */
  append(values: ArrayLike<number>, from: number, to: number): void;
  finish(): Column;
}

/** How many cells a column has room for unless told; what grows is copied and leaves garbage. */
const ROWS_EXPECTED = 1024;

/** Start a column of numbers, whole numbers or times. */
export function collectNumbers(
  kind: 'numeric' | 'integer' | 'timestamp',
  rowsExpected: number = ROWS_EXPECTED,
): NumberCells {
  let values = new Float64Array(rowsExpected);
  let length = 0;
  return {
    push(value) {
      values = withRoom(values, length + 1);
      values[length++] = value;
    },
    append(others, from, to) {
      values = withRoom(values, length + to - from);
      for (let i = from; i < to; i++) values[length++] = others[i]!;
    },
    finish: () => ({ kind, values: trimmed(values, length) }),
  };
}

/** Booleans of a column in the making. */
export interface BooleanCells {
  push(value: boolean | null): void;
  finish(): Column;
}

/** Start a column of booleans; null is a missing cell. */
export function collectBooleans(rowsExpected: number = ROWS_EXPECTED): BooleanCells {
  let values = new Uint8Array(rowsExpected);
  let length = 0;
  return {
    push(value) {
      values = withRoom(values, length + 1);
      values[length++] = value === null ? MISSING_BOOLEAN : Number(value);
    },
    finish: () => ({ kind: 'boolean', values: trimmed(values, length) }),
  };
}

/** Strings of a column in the making. */
export interface StringCells {
  push(value: string | null): void;
  finish(): Column;
}

/** Start a column of strings; null and blank text are missing cells, as in every file. */
export function collectStrings(): StringCells {
  const codeOf = new Map<string, number>();
  let codes = new Int32Array(ROWS_EXPECTED);
  let length = 0;
  return {
    push(value) {
      codes = withRoom(codes, length + 1);
      let code = -1;
      if (value !== null) {
        code = codeOf.get(value) ?? (value.trim() === '' ? -1 : codeOf.size);
        if (code === codeOf.size) codeOf.set(value, code);
      }
      codes[length++] = code;
    },
    finish: () => ({
      kind: 'categorical',
      codes: trimmed(codes, length),
      dictionary: [...codeOf.keys()],
    }),
  };
}
