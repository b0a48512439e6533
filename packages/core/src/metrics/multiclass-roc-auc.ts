import { checkClassProbabilities } from './check-class-probabilities.ts';
import { type ClassProbabilities, classAgainstRest } from './class-against-rest.ts';
import { measureRocArea } from './roc-area.ts';
import { countByThreshold } from './threshold-counts.ts';

/** How the areas of several classes become one figure. */
export interface MulticlassRocOptions {
  /**
   * `one_vs_rest`: each class against all others together; `one_vs_one`: each pair of classes among
   * its own rows, once with either as the positive one (the measure of Hand and Till).
   */
  readonly comparison: 'one_vs_rest' | 'one_vs_one';
  /** `macro`: all classes or pairs count alike; `weighted`: by their rows. */
  readonly average: 'macro' | 'weighted';
}

/**
 * The area under the ROC curve of a model with several classes.
 *
 * @returns in [0, 1]; NaN as soon as one class is absent from `actual`.
 * @throws {MetricInputError} when lengths disagree, a code names no class, or a probability or
 *   weight is none.
 * @see scikit-learn roc_auc_score with multi_class="ovr" or "ovo" (which takes no weights).
 */
export function measureMulticlassRocAuc(
  outcome: ClassProbabilities,
  { comparison, average }: MulticlassRocOptions,
): number {
  checkClassProbabilities(outcome);
  const areas = comparison === 'one_vs_rest' ? areasAgainstRest(outcome) : areasOfPairs(outcome);
  let sum = 0;
  let total = 0;
  for (const { area, rows } of areas) {
    const weight = average === 'macro' ? 1 : rows;
    sum += weight * area;
    total += weight;
  }
  return sum / total;
}

interface WeighedArea {
  readonly area: number;
  readonly rows: number;
}

function areasAgainstRest(outcome: ClassProbabilities): WeighedArea[] {
  return outcome.classes.map((_, code) => {
    const counts = countByThreshold(classAgainstRest(outcome, code));
    return { area: measureRocArea(counts), rows: counts.truePositives.at(-1) ?? 0 };
  });
}

function areasOfPairs(outcome: ClassProbabilities): WeighedArea[] {
  const areas: WeighedArea[] = [];
  for (let first = 0; first < outcome.classes.length; first++) {
    for (let second = first + 1; second < outcome.classes.length; second++) {
      const pair = takePair(outcome, first, second);
      const counts = [first, second].map((code) => countByThreshold(classAgainstRest(pair, code)));
      const rows = counts.map(({ truePositives }) => truePositives.at(-1) ?? 0);
      areas.push({
        area: (measureRocArea(counts[0]!) + measureRocArea(counts[1]!)) / 2,
        rows: rows[0]! + rows[1]!,
      });
    }
  }
  return areas;
}

function takePair(outcome: ClassProbabilities, first: number, second: number): ClassProbabilities {
  const { actual, probabilities, classes, weights } = outcome;
  const isOfPair = (_: unknown, row: number) => actual[row] === first || actual[row] === second;
  return {
    classes,
    actual: actual.filter(isOfPair),
    probabilities: probabilities.filter((_, i) => isOfPair(_, Math.floor(i / classes.length))),
    weights: weights?.filter(isOfPair),
  };
}
