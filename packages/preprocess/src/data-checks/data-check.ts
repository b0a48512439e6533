import type { ColumnKind } from '@gnu-mlops/core';
import type { Expression } from '../expression.ts';

/** What a failed check means: look at it, or go no further. */
export type CheckSeverity = 'warn' | 'fail';

interface AnyCheck {
  readonly severity: CheckSeverity;
}

interface ColumnCheck extends AnyCheck {
  readonly column: string;
}

/** The table has so many rows. */
export interface RowCountCheck extends AnyCheck {
  readonly check: 'row_count';
  readonly min?: number;
  readonly max?: number;
}

/**
 * The column holds what it should. Whole numbers will do for numbers, and categories and texts, which
 * differ only in how often they repeat, for each other; a column without a value is of any kind.
 */
export interface KindCheck extends ColumnCheck {
  readonly check: 'kind';
  readonly kind: ColumnKind;
}

/** An end of a range: a number in the column's unit, or a time in ISO 8601. */
export type Bound = number | string;

/** No number lies outside; missing cells are no concern of this check. */
export interface RangeCheck extends ColumnCheck {
  readonly check: 'range';
  /** Of times, ISO 8601 (`2026-01-31`), or milliseconds since the epoch. */
  readonly min?: Bound;
  readonly max?: Bound;
  /** Share of the present cells that may lie outside, in [0, 1); default 0. */
  readonly tolerance?: number;
}

/** No cell says anything else; missing cells are no concern of this check. */
export interface AllowedValuesCheck extends ColumnCheck {
  readonly check: 'allowed_values';
  /** As texts: `true`, `12`, `Month-to-month`, `2026-01-31`. */
  readonly values: readonly string[];
  /** Share of the present cells that may be others, in [0, 1); default 0. */
  readonly tolerance?: number;
}

/** No larger share of the rows lacks a value. */
export interface NullShareCheck extends ColumnCheck {
  readonly check: 'null_share';
  /** In [0, 1]. */
  readonly max: number;
}

/** No value stands in two rows; missing cells are no concern of this check. */
export interface UniqueCheck extends ColumnCheck {
  readonly check: 'unique';
}

/** The formula holds: it is neither 0 nor false. Rows in which it is missing do not count. */
export interface ExpressionCheck extends AnyCheck {
  readonly check: 'expression';
  /** What people call it; default: the formula. */
  readonly name?: string;
  /** A tree, or a text for `parseCheckExpressions` of `@gnu-mlops/preprocess/expressions`. */
  readonly expression: Expression | string;
  /** Share of the rows that may break it, in [0, 1); default 0. */
  readonly tolerance?: number;
}

/** One thing that must hold of a table. Plain JSON. */
export type DataCheck =
  | RowCountCheck
  | KindCheck
  | RangeCheck
  | AllowedValuesCheck
  | NullShareCheck
  | UniqueCheck
  | ExpressionCheck;

/** What a check may be called. */
export const DATA_CHECKS: readonly DataCheck['check'][] = [
  'row_count',
  'kind',
  'range',
  'allowed_values',
  'null_share',
  'unique',
  'expression',
];
