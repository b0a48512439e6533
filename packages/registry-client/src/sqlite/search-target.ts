import type { OrderPart, SqlCondition } from './sql-condition.ts';
import type { FilterEntity } from '../search/filter.ts';

/** A column of the searched rows. */
export interface SearchAttribute {
  /** A column of ours, never text from a filter. */
  readonly column: string;
  /** A metric may be NaN, kept as NULL; an id is a whole number that may be quoted. */
  readonly type: 'text' | 'number' | 'metric' | 'id';
  /** Holds the column, where searches go over an index of it alone. */
  readonly index?: string;
}

/** A table of keys and values that belong to the searched rows. */
export interface KeyedTable {
  readonly table: string;
  /** The columns that its rows, as `k`, have in common with the searched one. */
  readonly owner: readonly string[];
  /** Which of its rows count; undefined: all. */
  readonly where?: SqlCondition;
  readonly type: 'text' | 'metric';
  /** Which of several values counts in an order: the first one by this. */
  readonly latestFirst?: string;
}

/** What can be searched, and where it lies: fixed SQL of ours, which keys are looked up in. */
export interface SearchTarget {
  /** From MLflow's name of an attribute, and from its other names, to the column. */
  readonly attributes: Readonly<Record<string, SearchAttribute>>;
  readonly keyed: Readonly<
    Partial<Record<Exclude<FilterEntity, 'attribute' | 'dataset'>, KeyedTable>>
  >;
  /** From the name of a data set's attribute to the column `k...` of its table. */
  readonly datasets: Readonly<Record<string, SearchAttribute>>;
  /**
   * How rows with a key are looked up: for each searched row, which is fast where few are looked at,
   * or all of them first.
   */
  readonly lookUp: 'each' | 'all';
  /** Tags whose absence passes `!=`, as MLflow's clients count on. */
  readonly absentTagsDiffer: readonly string[];
  /** What decides between equals, so that pages neither repeat nor skip. */
  readonly defaultOrder: readonly OrderPart[];
  /** The same where an order was asked for; default: `defaultOrder`. */
  readonly tieOrder?: readonly OrderPart[];
}
