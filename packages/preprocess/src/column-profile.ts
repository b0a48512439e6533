import type { ColumnKind } from '@gnu-mlops/core';

/** What is said of every column. */
interface ColumnSummary {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly missingCount: number;
  /** Different values, missing cells aside. */
  readonly distinctCount: number;
}

/** A column of numbers or times. Figures are null where no row has a value. */
export interface NumberProfile extends ColumnSummary {
  readonly kind: 'numeric' | 'integer' | 'timestamp';
  /** In the column's own unit; times in milliseconds since the epoch. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  /** The sample's standard deviation (divides by n - 1); null also for a single value. */
  readonly standardDeviation: number | null;
  /** Deciles, quartiles and the outer 1 and 5 %, interpolated linearly; empty without a value. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  readonly histogram: Histogram;
}

/** How often values fall between edges; infinite ones are left out. Empty where there are none. */
export interface Histogram {
  /** Ascending, one more than counts. A bin has its lower edge, the last one both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** A column of texts or booleans. */
export interface CategoryProfile extends ColumnSummary {
  readonly kind: 'boolean' | 'categorical' | 'text';
  /** The most frequent values, most frequent first, equals by code point; at most 100, and ten
   *  where none stands twice. */
  readonly topCategories: readonly { readonly category: string; readonly count: number }[];
}

/** What a column holds, in a few figures. Plain JSON. */
export type ColumnProfile = NumberProfile | CategoryProfile;
