/** One column that an estimator sees. */
export interface Feature {
  readonly name: string;
  /** `categorical`: whole numbers 0..categories-1 without an order. */
  readonly kind: 'numeric' | 'categorical';
  /** The number of categories; only for a categorical feature. */
  readonly categories?: number;
}

/** What an estimator learns from and scores: `features.length` columns of `rowCount` numbers. */
export interface FeatureMatrix {
  readonly rowCount: number;
  readonly features: readonly Feature[];
  /** Column-major: `columns[feature][row]`; NaN = missing. */
  readonly columns: readonly Float64Array[];
}
