import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { FeatureMatrix } from '../src/index.ts';

type Cells<T> = readonly (T | null)[];

/** What one scikit-learn transformer made of the training and of the test column, by feature. */
export interface TransformedReference {
  readonly train: readonly Cells<number>[];
  readonly test: readonly Cells<number>[];
}

/** One column of numbers and what scikit-learn, numpy and pandas make of it. */
export interface NumberReference {
  readonly train: Cells<number>;
  readonly test: Cells<number>;
  readonly mean: TransformedReference;
  readonly median: TransformedReference;
  readonly most_frequent: TransformedReference;
  readonly constant: TransformedReference;
  readonly standard_scale: TransformedReference;
  readonly min_max_scale: TransformedReference;
  readonly min_max_clip: TransformedReference;
  readonly one_hot?: TransformedReference;
  readonly quantiles: readonly number[];
  readonly described: { readonly [figure in 'mean' | 'std' | 'min' | 'max']: number };
  readonly log1p: Cells<number>;
}

/** One-hot settings that the reference was made with. */
export type OneHotSetting =
  | 'ignore'
  | 'max_1'
  | 'max_4'
  | 'max_4_ignore'
  | 'max_exact'
  | 'max_above'
  | 'min_5'
  | 'min_4_max_5';

/** One column of texts and what scikit-learn makes of it. */
export type TextReference = { readonly [setting in OneHotSetting]: TransformedReference } & {
  readonly train: Cells<string>;
  readonly test: Cells<string>;
  readonly ordinal: TransformedReference;
  readonly most_frequent: string;
};

/** How scikit-learn splits classes of these sizes. */
export interface SplitReference {
  readonly counts: readonly number[];
  readonly firstLabels: readonly number[];
  readonly testSize: number;
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly foldTests: readonly (readonly number[])[];
}

interface Reference {
  readonly numbers: { readonly [name: string]: NumberReference };
  readonly texts: { readonly [name: string]: TextReference };
  readonly splits: readonly SplitReference[];
  readonly foldSizes: { readonly [rows: string]: readonly number[] };
}

/** The output of `test/reference/scikit_learn.py`. */
export const reference = JSON.parse(
  readFileSync(new URL('./fixtures/scikit-learn.json', import.meta.url), 'utf8'),
) as Reference;

/** Expect the same features as scikit-learn's, to 1e-9 of the larger of 1 and the value. */
export function expectSame(matrix: FeatureMatrix, expected: readonly Cells<number>[]): void {
  expect(matrix.columns.length).toBe(expected.length);
  matrix.columns.forEach((column, feature) => {
    expect(column.length).toBe(expected[feature]!.length);
    column.forEach((value, row) => {
      const wanted = expected[feature]![row] ?? NaN;
      const isSame =
        Object.is(value, wanted) ||
        Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
      if (!isSame) expect.fail(`feature ${feature}, row ${row}: ${value} instead of ${wanted}`);
    });
  });
}
