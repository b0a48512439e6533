import type { ClassTarget } from '../training-set.ts';

/** What a logistic model is fitted to. */
export interface LogisticProblem {
  /** The features, and a column of ones at the end where there is an intercept. */
  readonly columns: readonly Float64Array[];
  /** Columns that are penalised: all but the intercept's. */
  readonly penalisedCount: number;
  readonly target: ClassTarget;
  /** Row weights as shares of their total. */
  readonly shares: Float64Array;
  /** 1 / (C x total weight): half of it times the squared coefficients is added to the mean loss. */
  readonly penalty: number;
}

/** The penalty's value; its gradient is added to `gradient`. Both have one entry a column. */
export function addPenalty(
  { penalisedCount, penalty }: LogisticProblem,
  coefficients: Float64Array,
  gradient: Float64Array,
): number {
  let squares = 0;
  for (let j = 0; j < penalisedCount; j++) {
    squares += coefficients[j]! * coefficients[j]!;
    gradient[j]! += penalty * coefficients[j]!;
  }
  return (penalty / 2) * squares;
}
