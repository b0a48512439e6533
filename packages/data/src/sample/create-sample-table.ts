import {
  type Column,
  type Table,
  createColumnBuilder,
  createRandom,
  createTable,
} from '@gnu-mlops/core';
import { categoricalOrText } from '../categorical-or-text.ts';
import { DataOptionError } from '../errors.ts';
import { churnSample } from './churn-sample.ts';
import { classificationSample } from './classification-sample.ts';
import { regressionSample } from './regression-sample.ts';

const kinds = {
  churn: churnSample,
  classification: classificationSample,
  regression: regressionSample,
};

/** What a sample table is about. */
export type SampleTableKind = keyof typeof kinds;

/** Which sample table to make. */
export interface SampleOptions {
  readonly kind: SampleTableKind;
  /** At least 1. */
  readonly rows: number;
  /** Any finite number; the same one gives the same table. */
  readonly seed: number;
}

/** A table that was made up, and the column of it that a model is to predict. */
export interface SampleTable {
  readonly table: Table;
  readonly target: string;
}

/** The kinds of sample tables there are. */
export const SAMPLE_TABLE_KINDS = Object.keys(kinds) as readonly SampleTableKind[];

/**
 * Make up a table with real signal for trying things out. The rows are drawn one after the other from
 * one random stream: a smaller table of the same seed is the beginning of a larger one.
 *
 * - `churn`: customers of a telephone company, 16 columns of mixed types with some missing cells;
 *   target `churn`, Yes (about 27 %) or No.
 * - `classification`: readings of machines; target `state`, healthy, worn or faulty.
 * - `regression`: deliveries of meals; target `delivery_minutes`, a number.
 *
 * @throws {DataOptionError} for an unknown kind, or rows or seed out of range.
 */
export function createSampleTable({ kind, rows, seed }: SampleOptions): SampleTable {
  if (!Object.hasOwn(kinds, kind)) {
    throw new DataOptionError('kind', `one of ${SAMPLE_TABLE_KINDS.join(', ')}`);
  }
  if (!Number.isSafeInteger(rows) || rows < 1) {
    throw new DataOptionError('rows', 'a whole number, at least 1');
  }
  if (!Number.isFinite(seed)) throw new DataOptionError('seed', 'a finite number');

  const { target, columns, drawRow } = kinds[kind];
  const random = createRandom(seed);
  const builders = columns.map(createColumnBuilder);
  for (let row = 0; row < rows; row++) {
    const cells = drawRow(random, row);
    for (const [i, builder] of builders.entries()) builder.appendValue(cells[i]);
  }
  const named = columns.map(({ name }, i) => [name, told(builders[i]!.finish())] as const);
  return { table: createTable(named), target };
}

/** Strings as a CSV file with the same cells would have them. */
function told(column: Column): Column {
  return column.kind === 'categorical' ? categoricalOrText(column) : column;
}
