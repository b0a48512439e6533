import type { EncodedTarget } from './encode-target.ts';
import { collectCorrelation } from './measure-correlation.ts';

/**
 * How much better a column explains the target than chance, over the rows in which it has a value.
 *
 * @returns at least 0, Infinity for a perfect column; NaN for a constant one.
 * @see scikit-learn f_classif, f_regression.
 */
export function measureFScore(values: Float64Array, target: EncodedTarget): number {
  const score = collectFScore();
  score.add(values, target);
  return score.finish();
}

/** The F statistic, gathered from chunk to chunk. */
export interface FScoreAccumulator {
  /** @param target of the same rows; of the same task and classes each time. */
  add(values: Float64Array, target: EncodedTarget): void;
  finish(): number;
}

/** As {@link measureFScore}, of rows that come in chunks; where they are cut does not matter. */
export function collectFScore(): FScoreAccumulator {
  let ratio: VarianceRatio | RegressionRatio | undefined;
  return {
    add(values, target) {
      if (target.task === 'classification') {
        ratio ??= collectVarianceRatio(target.classes.length);
        (ratio as VarianceRatio).add(values, target.labels);
      } else {
        ratio ??= collectRegressionRatio();
        (ratio as RegressionRatio).add(values, target.values);
      }
    },
    finish: () => ratio?.finish() ?? NaN,
  };
}

interface VarianceRatio {
  add(values: Float64Array, labels: Int32Array): void;
  finish(): number;
}

interface RegressionRatio {
  add(values: Float64Array, amounts: Float64Array): void;
  finish(): number;
}

/** The variance between the classes' means over that within the classes. */
function collectVarianceRatio(classCount: number): VarianceRatio {
  const counts = new Float64Array(classCount);
  const means = new Float64Array(classCount);
  let origin: number | undefined;
  let within = 0;
  return {
    add(values, labels) {
      // From any value, so that an offset costs no digits.
      origin ??= values.find((value) => !Number.isNaN(value));
      for (let row = 0; row < values.length; row++) {
        if (Number.isNaN(values[row])) continue;
        const label = labels[row]!;
        const value = values[row]! - origin!;
        const distance = value - means[label]!;
        means[label]! += distance / ++counts[label]!;
        within += distance * (value - means[label]!);
      }
    },
    finish() {
      const count = counts.reduce((sum, each) => sum + each, 0);
      const mean = means.reduce((sum, each, label) => sum + each * (counts[label]! / count), 0);
      const between = means.reduce(
        (sum, each, label) => sum + counts[label]! * (each - mean) ** 2,
        0,
      );
      const present = counts.filter((each) => each > 0).length;
      return between / (present - 1) / (within / (count - present));
    },
  };
}

function collectRegressionRatio(): RegressionRatio {
  const correlation = collectCorrelation();
  let count = 0;
  return {
    add(values, amounts) {
      correlation.add(values, amounts);
      for (const value of values) if (!Number.isNaN(value)) count++;
    },
    finish() {
      const squared = correlation.finish() ** 2;
      return (squared / (1 - squared)) * (count - 2);
    },
  };
}
